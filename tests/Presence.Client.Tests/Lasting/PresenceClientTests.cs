using Presence.Client.Connections;
using Presence.Client.Tests.Scripts;

namespace Presence.Client.Tests.Lasting;

/// <summary>A client that loses its connections, against a server that says what the test tells it to.</summary>
public sealed class PresenceClientTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ScriptedServer _server = new();
    private PresenceClient _alice = null!;
    private IAsyncEnumerator<PresenceEvent> _events = null!;

    public async ValueTask InitializeAsync()
    {
        var connecting = PresenceClient.ConnectAsync(new PresenceClientOptions
        {
            Account = "alice@localhost",
            Password = LoginScript.Password,
            Server = $"pip://127.0.0.1:{_server.Port}",
            Endpoint = "desk",
            ReconnectMin = TimeSpan.FromMilliseconds(10),
            ReconnectMax = TimeSpan.FromMilliseconds(10),
        });
        Assert.Equal("BIND 4 ep=desk prio=0 show=online", await _server.LetIn());
        _alice = await connecting.WaitAsync(Patience);
        _events = _alice.EventsAsync().GetAsyncEnumerator();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _alice.DisposeAsync();
    }

    [Fact]
    public async Task On_a_resumed_session_a_request_without_answer_goes_out_again_under_its_tag()
    {
        var sending = _alice.SendAsync("bob@localhost", "ping", new SendOptions { Mid = "m1" });
        const string Send =
            "SEND 5 bob@localhost mid=m1 type=text/plain;charset=utf-8 want=delivered {4}|ping";
        Assert.Equal(Send, await _server.Hear());
        await Lose();

        await ComeBack("RESUME 4 s-1 key=k seen=0", "200 4 ok ep=desk sid=s-1 ttl=300 next=6");
        Assert.Equal(Send, await _server.Hear());
        await _server.Say("202 5 accepted dup=yes");

        Assert.Equal("m1", (await sending.WaitAsync(Patience)).Mid);
        Assert.IsType<Resumed>(await Next());
    }

    [Fact]
    public async Task A_server_that_stops_may_say_where_to_go_on()
    {
        await using var other = new ScriptedServer();
        await _server.Say($"421 0 going-down retry=0 alt=127.0.0.1:{other.Port}");
        await _server.HangUp();
        await other.Accept();
        await other.Say("220 0 ready v=1.0 id=test");
        await other.Authenticate();
        Assert.Equal("RESUME 4 s-1 key=k seen=0", await other.Hear());
        await other.Say("200 4 ok ep=desk sid=s-1 ttl=300 next=5");

        Assert.IsType<Disconnected>(await Next());
        Assert.IsType<Resumed>(await Next());
    }

    [Fact]
    public async Task A_request_asked_for_without_connection_waits_for_the_next_one()
    {
        await Lose();
        var asking = _alice.GetStatusAsync("bob@localhost");
        await ComeBack("RESUME 4 s-1 key=k seen=0", "200 4 ok ep=desk sid=s-1 ttl=300 next=5");
        await _server.Exchange("GET 5 bob@localhost/status", "200 5 ok ver=7 val=dnd");

        Assert.Equal("dnd", (await asking.WaitAsync(Patience))!.Value);
    }

    [Fact]
    public async Task A_message_counts_as_received_when_the_reader_asks_for_the_next_one_also_over_a_break()
    {
        await _server.Say("MSG #1 ~ from=bob@localhost mid=a {3}", "one", "MSG #2 ~ from=bob@localhost mid=b {3}", "two");
        Assert.Equal("one", Assert.IsType<Message>(await Next()).Text);
        Assert.Equal("two", Assert.IsType<Message>(await Next()).Text);
        Assert.Equal("ACK #1", await _server.Hear());
        await _server.HangUp();

        // #2 was not confirmed: the server sends it once more, and the client knows it by its number.
        await ComeBack("RESUME 4 s-1 key=k seen=1", "200 4 ok ep=desk sid=s-1 ttl=300 next=5");
        await _server.Say("MSG #2 ~ from=bob@localhost mid=b {3}", "two", "MSG #3 ~ from=bob@localhost mid=c {5}", "three");

        Assert.IsType<Disconnected>(await Next());
        Assert.Equal("ACK #2", await _server.Hear());
        Assert.IsType<Resumed>(await Next());
        Assert.Equal("three", Assert.IsType<Message>(await Next()).Text);
    }

    [Fact]
    public async Task In_a_new_session_the_client_tells_what_it_holds_and_subscribes_again_where_nothing_is_known_of_it()
    {
        await using var watching = _alice.WatchAsync("bob@localhost").GetAsyncEnumerator();
        var first = watching.MoveNextAsync().AsTask();
        var subscribe = await _server.Hear();
        var id = subscribe!.Split("id=")[1].Split(' ')[0];
        Assert.Equal($"SUB 5 bob@localhost/status id={id} expires=3600", subscribe);
        await _server.Say($"200 5 ok id={id} state=active expires=3600",
            $"NOTIFY #1 bob@localhost/status id={id} state=active ver=7 val=away");
        Assert.True(await first.WaitAsync(Patience));
        Assert.Equal("away", watching.Current.Value);
        Assert.Equal("ACK #1", await _server.Hear());
        Assert.IsType<Notification>(await Next());
        await Lose();

        await ComeBack("RESUME 4 s-1 key=k seen=1", "410 4 session-gone");
        await _server.Exchange("BIND 5 ep=desk prio=0 show=online", "200 5 ok ep=desk sid=s-2 key=l ttl=300");
        Assert.StartsWith("SYNC 6 type=text/pip-sync {", await _server.Hear(), StringComparison.Ordinal);
        await _server.Say("200 6 ok n=1", $"NOTIFY #1 bob@localhost/status id={id} state=terminated why=noresource");
        Assert.Equal(1, Assert.IsType<Resynced>(await Next()).Changes);

        string[] heard = [(await _server.Hear())!, (await _server.Hear())!];
        Assert.Equal(["ACK #1", $"SUB 7 bob@localhost/status id={id} expires=3600"], heard.Order());
        await _server.Say($"200 7 ok id={id} state=active",
            $"NOTIFY #2 bob@localhost/status id={id} state=active ver=9 val=online");
        Assert.True(await watching.MoveNextAsync().AsTask().WaitAsync(Patience));
        Assert.Equal("online", watching.Current.Value);
    }

    [Fact]
    public async Task A_message_that_no_receipt_confirmed_goes_out_again_in_a_new_session_and_repeats_of_others_are_dropped()
    {
        await _server.Say("MSG #1 ~ from=bob@localhost mid=a {3}", "one");
        Assert.IsType<Message>(await Next());
        var sending = _alice.SendAsync("bob@localhost", "ping", new SendOptions { Mid = "m1" });
        await _server.Hear();
        await _server.Say("202 5 accepted");
        var sent = await sending.WaitAsync(Patience);
        await Lose();

        await ComeBack("RESUME 4 s-1 key=k seen=1", "410 4 session-gone");
        await _server.Exchange("BIND 5 ep=desk prio=0 show=online", "200 5 ok ep=desk sid=s-2 key=l ttl=300");
        Assert.StartsWith("SEND 6 bob@localhost mid=m1 ", await _server.Hear(), StringComparison.Ordinal);
        Assert.IsType<Resynced>(await Next());
        await _server.Say("202 6 accepted", "MSG #1 ~ from=bob@localhost mid=a {3}", "one",
            "RECEIPT #2 bob@localhost mid=m1 disp=delivered");

        Assert.Equal(DeliveryOutcome.Delivered, (await sent.Delivery.WaitAsync(Patience)).Outcome);
        Assert.IsType<Receipt>(await Next());
    }

    [Fact]
    public async Task What_must_not_be_done_twice_fails_when_its_session_is_lost()
    {
        var creating = _alice.CreateGroupAsync("chess@localhost");
        Assert.Equal("CREATE 5 chess@localhost kind=group", await _server.Hear());
        await Lose();
        await ComeBack("RESUME 4 s-1 key=k seen=0", "410 4 session-gone");
        await _server.Exchange("BIND 5 ep=desk prio=0 show=online", "200 5 ok ep=desk sid=s-2 key=l ttl=300");

        var failure = await Assert.ThrowsAsync<PresenceUnansweredException>(() => creating.WaitAsync(Patience));
        Assert.Equal(("session-lost", true), (failure.Reason, failure.MayHaveHappened));
    }

    [Fact]
    public async Task When_another_program_takes_the_endpoint_the_client_is_over_and_says_why()
    {
        await _server.Say("421 0 replaced");

        var closed = await Assert.ThrowsAsync<PresenceClosedException>(() => Next());
        Assert.Equal((421, "replaced"), (closed.Code, closed.Reason));
        await Assert.ThrowsAsync<PresenceClosedException>(() => _alice.GetStatusAsync("bob@localhost"));
        Assert.Equal(ConnectionState.Closed, _alice.State);
    }

    [Fact]
    public async Task A_server_that_wants_its_clients_to_slow_down_is_asked_again_when_it_says()
    {
        var reading = _alice.GetPresenceAsync(["bob@localhost"]);
        await _server.Exchange("GET 5 bob@localhost/status", "429 5 slow-down retry=1");
        await _server.Exchange("GET 6 bob@localhost/status", "403 6 forbidden");

        var bob = Assert.Single(await reading.WaitAsync(Patience));
        Assert.Equal(((string?)null, 403, "forbidden"), (bob.Status, bob.Code, bob.Reason));
    }

    [Fact]
    public async Task Without_a_server_connecting_fails_at_once_and_in_the_background_it_goes_on()
    {
        await using var nobody = new ScriptedServer();
        var options = new PresenceClientOptions
        {
            Account = "alice@localhost", Password = "x", Server = $"pip://127.0.0.1:{nobody.Port}",
        };
        await nobody.DisposeAsync();

        var failure = await Assert.ThrowsAsync<PipConnectionException>(
            () => PresenceClient.ConnectAsync(options));
        Assert.Equal("cannot-connect", failure.Reason);
        await using var patient = PresenceClient.Start(options);
        Assert.Equal(ConnectionState.Connecting, patient.State);
    }

    private async Task Lose()
    {
        await _server.HangUp();
        var disconnected = Assert.IsType<Disconnected>(await Next());
        Assert.Equal(0, disconnected.Code);
    }

    private async Task ComeBack(string resume, string answer)
    {
        await _server.Accept();
        await _server.Say("220 0 ready v=1.0 id=test");
        await _server.Authenticate();
        await _server.Exchange(resume, answer);
    }

    private async Task<PresenceEvent> Next()
    {
        Assert.True(await _events.MoveNextAsync().AsTask().WaitAsync(Patience), "the events have ended");
        return _events.Current;
    }
}
