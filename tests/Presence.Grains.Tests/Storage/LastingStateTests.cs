using Presence.Contracts;
using Presence.Contracts.Routes;
using Presence.Grains.Tests.Hosting;
using Presence.Model.Accounts;
using Presence.Model.Addresses;
using Presence.Model.Messages;
using Presence.Model.Properties;
using Presence.Model.Subscriptions;
using Presence.Storage.Sqlite;

namespace Presence.Grains.Tests.Storage;

/// <summary>The same grains on the embedded host's storage: a second silo on the file of the first.</summary>
public sealed class LastingStateTests : IDisposable
{
    private const string File = "state.db";
    private const string Killed = "killed.db";

    private static readonly Domain Domain = Domain.Parse("a.example");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("presence-grains-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task All_that_must_last_outlives_the_silo()
    {
        var verifier = ScramVerifier.Derive("secret", "0123456789abcdef"u8, ScramVerifier.MinIterations);
        Address bob, alice;
        await using (var first = await Start())
        {
            (bob, alice) = await Fill(first, verifier);
            await first.Stop();
        }

        await using var second = await Start();

        var node = new Person(second, bob);
        Assert.Equal("Bob", await node.Get("name"));
        Assert.Equal("offline", await node.Get("status", new Person(second, alice)));
        var photo = Assert.Single((await node.Read("photo")).Properties).Value;
        Assert.Equal(("image/png", "\0\u0001"), (photo.Type, System.Text.Encoding.Latin1.GetString(photo.Body.Span)));
        var attached = Assert.Single(await node.Node.Attach(alice, "route"));
        Assert.Equal(("w1", SubscriptionState.Active), (attached.Id, attached.State));
        Assert.Equal(verifier, await second.Client.GetAccount(bob).GetVerifier());
        Assert.Equal(["a-c", "a.b", "a_b", "ab"], await second.Client.GetDirectory(Domain, 1).List());
        await using var gateway = await second.NewGateway();
        var watching = (await node.Node.Bind(new("desk", "s", 0, null, false, gateway.Inbox))).Watching;
        Assert.Equal(("w2", alice), (Assert.Single(watching).Id, watching[0].Node));
    }

    [Fact]
    public async Task An_approval_holds_though_the_silo_was_killed_before_the_watcher_was_written_again()
    {
        Address bob, alice, carol;
        await using (var first = await Start())
        {
            var (owner, friend, stranger) = (await first.NewPerson(), await first.NewPerson(), await first.NewPerson());
            (bob, alice, carol) = (owner.Address, friend.Address, stranger.Address);
            await using var gateway = await first.NewGateway();
            Assert.Equal(SubscriptionState.Pending, (await friend.Watch(owner, gateway)).State);
            Assert.Equal(SubscriptionState.Pending, (await stranger.Watch(owner, gateway)).State);
            await owner.Approve(friend);
            CopyAsKilledNow();
        }

        await using var second = await Start(file: Killed);

        var node = new Person(second, bob).Node;
        Assert.Equal(SubscriptionState.Active, Assert.Single(await node.Attach(alice, "route")).State);
        Assert.Equal(SubscriptionState.Pending, Assert.Single(await node.Attach(carol, "route")).State);
    }

    [Fact]
    public async Task A_removed_account_stays_removed()
    {
        var verifier = ScramVerifier.Derive("secret", "0123456789abcdef"u8, ScramVerifier.MinIterations);
        Address bob, alice;
        await using (var first = await Start())
        {
            (bob, alice) = await Fill(first, verifier);
            Assert.Null(await first.Client.GetAccount(bob).Remove());

            // Somebody without any subscription or property goes as well.
            var carol = PresenceSilo.FreshAddress();
            await first.Client.GetAccount(carol).Create(verifier);
            Assert.Null(await first.Client.GetAccount(carol).Remove());
            await first.Stop();
        }

        await using var second = await Start();

        Assert.Null(await second.Client.GetAccount(bob).GetVerifier());
        Assert.Equal(404, (await new Person(second, bob).Read("name")).Refusal?.Code);
        Assert.Equal("noresource", Assert.Single(await new Person(second, bob).Node.Attach(alice, "route")).Why);
    }

    [Fact]
    public async Task A_message_that_waits_is_the_same_after_the_silo()
    {
        Address bob;
        InstantMessage message;
        await using (var first = await Start(maxStored: 10))
        {
            var (owner, alice) = (await first.NewPerson(), await first.NewPerson());
            await owner.Approve(alice);
            bob = owner.Address;
            message = alice.Message("m1", ReceiptWishes.Delivered, TimeSpan.FromDays(1)) with
            {
                Body = new byte[] { 0, 255, 10 },
                Language = "de",
                Subject = "Grüße",
                InReplyTo = "m0",
                Class = "games.chess",
                Via = [alice.Address],
                Hops = 7,
                HasOwnLife = true,
            };
            Assert.Null((await owner.Node.Receive(message)).Refusal);
            await first.Stop();
        }

        await using var second = await Start(maxStored: 10);
        await using var gateway = await second.NewGateway();
        var session = await new Person(second, bob).Bind(gateway);

        var told = Assert.Single(gateway.NoticesTo<MessageNotice>(session)).Message;
        Assert.Equal(message.Body.ToArray(), told.Body.ToArray());
        Assert.Equal(message.Via, told.Via.AsEnumerable());
        Assert.Equal(
            message with { DelayedSince = message.SentAt },
            told with { Body = message.Body, Via = message.Via });
    }

    private static async Task<(Address Bob, Address Alice)> Fill(PresenceSilo silo, ScramVerifier verifier)
    {
        var (bob, alice) = (silo.Nobody(), silo.Nobody());
        Assert.Null(await silo.Client.GetAccount(bob.Address).Create(verifier));
        await bob.Set("name", "Bob");
        var photo = PropertyValue.OfBody(new byte[] { 0, 1 }, "image/png");
        await bob.Node.Write(new(bob.Address, [new PropertyChange(PropertyPath.Parse("photo"), photo)], null));
        await bob.Approve(alice);
        await using var gateway = await silo.NewGateway();
        Assert.Equal(SubscriptionState.Active, (await alice.Watch(bob, gateway)).State);
        await bob.Node.RememberWatching(new("w2", alice.Address, default, silo.Now + TimeSpan.FromHours(1)));
        await silo.Client.GetDirectory(Domain, 1).Add(["ab", "a-c", "a_b"]);
        await silo.Deactivate(silo.Client.GetDirectory(Domain, 1));
        await silo.Client.GetDirectory(Domain, 1).Add(["a.b"]);
        return (bob.Address, alice.Address);
    }

    /// <summary>What kill -9 would leave: the file and its log.</summary>
    private void CopyAsKilledNow()
    {
        foreach (var file in _folder.GetFiles($"{File}*").Where(file => file.Extension is ".db" or ".db-wal"))
            file.CopyTo(Path.Combine(_folder.FullName, file.Name.Replace(File, Killed, StringComparison.Ordinal)));
    }

    private Task<PresenceSilo> Start(int maxStored = 0, string file = File) => PresenceSilo.Start(
        silo => silo.AddSqliteGrainStorage(
            PresenceGrainsExtensions.StorageName, options => options.Path = Path.Combine(_folder.FullName, file)),
        new GrainOptions { MaxStored = maxStored });
}
