using Presence.Contracts.Nearby;
using Presence.Contracts.Routes;
using Presence.Contracts.Users;
using Presence.Grains.Tests.Hosting;
using Presence.Model.Access;
using Presence.Model.Messages;

namespace Presence.Grains.Tests.Messages;

/// <summary>What a gateway in the silo's process does without a call is done as the grain would do it.</summary>
public sealed class DeskWindowTests(SharedSilo shared) : PresenceTest(shared)
{
    [Fact]
    public async Task After_the_first_message_the_next_ones_need_no_call()
    {
        using var scene = await Begin();
        Assert.Null(scene.TryReceive("m0"));
        await scene.Send("m1");

        Assert.Equal(SendAnswer.Accepted, scene.TryReceive("m2"));

        Assert.Equal(["m1", "m2"], scene.Came);
        Assert.True(scene.TryAcknowledge("m1"));
        Assert.True(scene.TryAcknowledge("m2"));
    }

    [Fact]
    public async Task A_message_that_came_before_is_left_to_the_grain()
    {
        using var scene = await Begin();
        await scene.Send("m1");

        Assert.Null(scene.TryReceive("m1"));
        Assert.Null(await scene.Send("m1"));

        Assert.Equal(["m1"], scene.Came);
    }

    [Fact]
    public async Task Who_is_shut_out_finds_the_window_shut()
    {
        using var scene = await Begin();
        await scene.Send("m1");
        await scene.Bob.Node.Block(new BlockRequest(
            scene.Bob.Address, scene.Alice.Address.ToString(), IsExplicit: true, Rights.All));

        Assert.Null(scene.TryReceive("m2"));
        Assert.Equal(403, await scene.Send("m2"));

        Assert.Null(scene.TryReceive("m3"));
        Assert.Equal(["m1"], scene.Came);
    }

    [Fact]
    public async Task What_came_by_the_window_goes_to_others_when_its_session_ends()
    {
        using var scene = await Begin();
        await scene.Send("m1");
        Assert.True(scene.TryAcknowledge("m1"));
        Assert.NotNull(scene.TryReceive("m2"));
        var gateway = await NewGateway();
        var phone = await scene.Bob.Bind(gateway, "phone");

        await scene.Bob.Node.Unbind("desk", scene.Session);

        Assert.Equal("m2", Assert.Single(gateway.NoticesTo<MessageNotice>(phone)).Message.Id);
        Assert.Null(scene.TryReceive("m3"));
    }

    [Fact]
    public async Task A_session_that_does_not_take_it_has_not_been_given_it()
    {
        using var scene = await Begin();
        await scene.Send("m1");
        scene.Near.Gone.Add(scene.Session);

        Assert.Null(scene.TryReceive("m2"));
        Assert.Equal(480, await scene.Send("m2"));

        scene.Near.Gone.Clear();
        Assert.NotNull(scene.TryReceive("m2"));
    }

    [Fact]
    public async Task A_receipt_is_told_once()
    {
        using var scene = await Begin();
        await scene.Send("m1", ReceiptWishes.Delivered);

        // Nothing was told to the sender yet, so his grain must be asked.
        Assert.False(scene.TryAcknowledge("m1"));
        await scene.Bob.Acknowledge(scene.Session, scene.Alice, "m1");
        Assert.NotNull(scene.TryReceive("m2", ReceiptWishes.Delivered));

        Assert.True(scene.TryAcknowledge("m2"));
        Assert.False(scene.TryAcknowledge("m2"));
        await scene.Bob.Acknowledge(scene.Session, scene.Alice, "m2");

        Assert.Equal(["m1", "m2"], scene.Near.NoticesTo<ReceiptNotice>(scene.Author).Select(n => n.Receipt.MessageId));
    }

    [Fact]
    public async Task What_came_by_the_window_fails_when_its_time_is_over()
    {
        using var scene = await Begin();
        await scene.Send("m1");
        scene.TryAcknowledge("m1");
        Assert.NotNull(scene.TryReceive("m2", ReceiptWishes.Failed));

        Pass(TimeSpan.FromMinutes(1));

        var (_, notice) = await scene.Near.Notices.First(n => n.Notice is ReceiptNotice);
        Assert.Equal((Disposition.Failed, "m2", 408), notice is ReceiptNotice { Receipt: var receipt }
            ? (receipt.Disposition, receipt.MessageId, receipt.Code)
            : default);
    }

    [Fact]
    public async Task An_activation_that_goes_takes_its_window_with_it()
    {
        using var scene = await Begin();
        await scene.Send("m1");

        await Silo.Deactivate(scene.Bob.Node);

        Assert.Null(scene.TryReceive("m2"));
    }

    [Fact]
    public async Task While_the_owner_changes_things_each_message_comes_once_and_in_its_senders_order()
    {
        const int Messages = 200;
        using var scene = await Begin();
        List<Person> senders = [scene.Alice, await NewPerson(), await NewPerson(), await NewPerson()];
        foreach (var sender in senders)
            await scene.Bob.Approve(sender);

        await Task.WhenAll(
        [
            .. senders.Select(sender => Task.Run(() => Write(scene, sender, Messages), TestContext.Current.CancellationToken)),
            Task.Run(() => Change(scene.Bob, Messages), TestContext.Current.CancellationToken),
        ]);

        foreach (var sender in senders)
        {
            Assert.Equal(
                Enumerable.Range(1, Messages).Select(number => $"m{number}"),
                scene.Near.NoticesTo<MessageNotice>(scene.Session).Where(notice => notice.Message.From == sender.Address)
                    .Select(notice => notice.Message.Id));
        }
    }

    /// <summary>As a gateway does: at the window where it is open, else by the grain.</summary>
    private async Task Write(Scene scene, Person sender, int messages)
    {
        for (var number = 1; number <= messages; number++)
        {
            var mid = $"m{number}";
            if (Silo.Desks.TryReceive(scene.Bob.Address, sender.Message(mid)) is null)
                Assert.Null(await sender.Send(scene.Bob, mid));
            MessageKey key = new(sender.Address, mid);
            if (!Silo.Desks.TryAcknowledge(scene.Bob.Address, scene.Session, [new MarkedKey(key)]))
                Assert.True(await scene.Bob.Node.Acknowledge(scene.Session, [key]));
        }
    }

    /// <summary>Each change shuts the window.</summary>
    private static async Task Change(Person owner, int times)
    {
        for (var number = 1; number <= times; number++)
            await owner.Set("mood", $"{number}");
    }

    private async Task<Scene> Begin()
    {
        var gateway = await NewGateway();
        var near = new NearInbox(Silo, gateway);
        var bob = await NewPerson();
        var alice = await NewFriend(bob, gateway);
        return new Scene(Silo, bob, alice, await bob.Bind(gateway), await alice.Bind(gateway), near);
    }

    /// <summary>bob and a friend of his, both at a gateway in the silo's process.</summary>
    private sealed record Scene(
        PresenceSilo Silo, Person Bob, Person Alice, string Session, string Author, NearInbox Near) : IDisposable
    {
        public IEnumerable<string> Came => Near.NoticesTo<MessageNotice>(Session).Select(notice => notice.Message.Id);

        public SendAnswer? TryReceive(string mid, ReceiptWishes wants = ReceiptWishes.None) =>
            Silo.Desks.TryReceive(Bob.Address, Alice.Message(mid, wants));

        public bool TryAcknowledge(string mid) =>
            Silo.Desks.TryAcknowledge(Bob.Address, Session, [new MarkedKey(new MessageKey(Alice.Address, mid))]);

        public async Task<int?> Send(string mid, ReceiptWishes wants = ReceiptWishes.None) =>
            (await Alice.Send(Bob, mid, wants))?.Code;

        public void Dispose() => Near.Dispose();
    }
}
