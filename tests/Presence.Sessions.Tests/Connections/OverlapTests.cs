using Presence.Sessions.Tests.Hosting;

namespace Presence.Sessions.Tests.Connections;

/// <summary>The end of a session that watched ov-bo is held back, and with it whoever wants to watch ov-bo again.</summary>
public sealed class OverlapTests(TestSilo silo)
{
    private readonly TaskCompletionSource _isDeparting = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _mayDepart = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    [Trait("Conformance", "SES-16")]
    public async Task A_subscription_that_waits_holds_up_no_other_and_answers_keep_their_order()
    {
        await using var gateway = await TestGateway.Open(silo, departing: () =>
        {
            _isDeparting.TrySetResult();
            return _mayDepart.Task;
        });
        var (alice, carol) = (await silo.NewUser("ov-al"), await silo.NewUser("ov-ca"));
        await silo.NewUser("ov-bo");
        var carols = gateway.Connect();
        await carols.Authenticate(carol);
        await carols.Ask("BIND 4 ep=desk show=online");
        var lost = gateway.Connect();
        await lost.Authenticate(alice);
        await lost.Ask("BIND 4 ep=lost");
        Assert.Equal(202, (await lost.Ask("SUB 5 ov-bo@localhost/status id=b scope=session")).Code);
        await lost.Send("QUIT 6\r\n");

        var client = gateway.Connect();
        await client.Authenticate(alice);
        await client.Ask("BIND 4 ep=desk");
        await _isDeparting.Task;
        await client.Send(
            "SUB 7 ov-bo@localhost/status id=b\r\nSUB 8 ov-ca@localhost/status id=c\r\nSUB 9 ov-ca@localhost/note id=c\r\n"
            + "SUB 10 ov-ca@localhost/note id=\r\nPING 11\r\n");

        // The second request was executed though the first waits, and the third, of the same name, was not.
        Assert.Equal("WATCHER", (await carols.Read())?.Verb);
        await carols.Send("PING 5\r\n");
        Assert.Equal(200, (await carols.Read())?.Code);
        _mayDepart.SetResult();

        List<(long, int)> answers = [];
        while (answers.Count < 5)
        {
            var frame = await client.Read();
            answers.Add((frame!.Number, frame.Code));
        }

        Assert.Equal([(7, 202), (8, 202), (9, 202), (10, 400), (11, 200)], answers);
    }
}
