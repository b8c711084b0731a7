using Presence.Contracts.Users;
using Presence.Grains.Tests.Hosting;
using Presence.Model.Properties;
using Presence.Model.Replies;
using Presence.Model.Subscriptions;

namespace Presence.Grains.Tests.Users;

public sealed class UnknownNodeTests(SharedSilo shared) : PresenceTest(shared)
{
    [Fact]
    public async Task Inside_the_domain_nobody_there_is_not_found()
    {
        var (nobody, alice) = (Silo.Nobody(), await NewPerson());
        var gateway = await NewGateway();

        Refusal?[] answers =
        [
            (await nobody.Read("status", asker: alice)).Refusal,
            (await nobody.Node.Write(Write(alice))).Refusal,
            (await alice.Watch(nobody, gateway)).Refusal,
            (await nobody.Node.ListWatchers(alice.Address, default)).Refusal,
            await alice.Send(nobody),
        ];

        Assert.All(answers, refusal => Assert.Equal(404, refusal?.Code));
    }

    [Fact]
    public async Task From_another_domain_nobody_there_answers_as_somebody_who_never_decides()
    {
        var (nobody, outsider) = (Silo.Nobody(), Silo.Nobody("far.example"));

        Assert.Equal(403, (await nobody.Read("status", asker: outsider)).Refusal?.Code);
        var watching = await outsider.Watch(nobody, await NewGateway());
        Assert.Equal((null, SubscriptionState.Pending), (watching.Refusal, watching.State));
        Assert.Null(await outsider.Send(nobody));
    }

    [Theory]
    [Trait("Conformance", "ACL-16")]
    [InlineData("")]
    [InlineData("status")]
    [InlineData("note")]
    [InlineData("mood")]
    [InlineData("name")]
    [InlineData("kind")]
    [InlineData("nid")]
    [InlineData("inbox")]
    [InlineData("x/secret")]
    [InlineData("ep/desk/status")]
    public async Task An_outsider_cannot_tell_nobody_from_a_user_with_default_settings(string path)
    {
        var (nobody, bob, outsider) = (Silo.Nobody(), await NewPerson(), Silo.Nobody("far.example"));

        Assert.Equal(await Transcript(bob, outsider, path), await Transcript(nobody, outsider, path));
    }

    [Fact]
    public async Task Nothing_of_an_outsider_is_stored_for_nobody()
    {
        var (nobody, outsider) = (Silo.Nobody(), Silo.Nobody("far.example"));
        await outsider.Watch(nobody, await NewGateway());

        await nobody.Node.Create();

        Assert.Empty((await nobody.Node.ListWatchers(nobody.Address, default)).Watchers);
    }

    private async Task<string> Transcript(Person node, Person asker, string path)
    {
        var gateway = await NewGateway();
        var read = await node.Read(path, asker);
        var write = await node.Node.Write(Write(asker));
        var first = await asker.Watch(node, gateway, "w1", path);
        var again = await asker.Watch(node, gateway, "w1", path);
        var brief = await asker.Watch(node, gateway, "w2", path, TimeSpan.FromSeconds(1));
        var sent = await asker.Send(node);
        var watchers = await node.Node.ListWatchers(asker.Address, default);
        return string.Join('\n', read.Refusal, read.IsContainer, read.Properties.Length, write, first with
        {
            Snapshot = [],
        }, first.Snapshot.Length, again with { Snapshot = [] }, brief with { Snapshot = [] }, sent, watchers.Refusal);
    }

    private static WriteRequest Write(Person asker) =>
        new(asker.Address, [new PropertyChange(StandardPaths.Note, PropertyValue.OfText("mine"))], null);
}
