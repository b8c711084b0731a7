using Presence.Grains.Tests.Hosting;
using Presence.Model.Properties;

namespace Presence.Grains.Tests.Users;

public sealed class NewUserTests(SharedSilo shared)
{
    private readonly PresenceSilo _silo = shared.Silo;

    [Fact]
    public async Task A_new_node_answers_kind_and_nid()
    {
        var bob = await _silo.NewPerson();

        Assert.Equal("user", await bob.Get("kind"));
        Assert.Matches("^[0-9a-f]{16}$", await bob.Get("nid"));
    }

    [Fact]
    public async Task Making_the_node_again_changes_nothing()
    {
        var bob = await _silo.NewPerson();
        var nid = await bob.Get("nid");

        await bob.Node.Create();

        Assert.Equal(nid, await bob.Get("nid"));
    }

    [Fact]
    public async Task A_user_whom_nobody_has_seen_is_offline()
    {
        var bob = await _silo.NewPerson();

        Assert.Equal("offline", await bob.Get("status"));
    }

    [Fact]
    public async Task The_owner_reads_all_below_a_container()
    {
        var bob = await _silo.NewPerson();
        await bob.Set("x/one", "1");
        await bob.Set("x/two", "2");

        var answer = await bob.Read("x");

        Assert.True(answer.IsContainer);
        Assert.Equal(["1", "2"], answer.Properties.Select(p => p.Value.Text));
    }

    [Fact]
    public async Task Nobody_writes_what_the_server_alone_writes()
    {
        var bob = await _silo.NewPerson();

        Assert.Equal(405, (await bob.Set("kind", "group")).Refusal?.Code);
    }

    [Fact]
    public async Task A_write_that_has_seen_an_older_version_is_refused_and_told_the_version()
    {
        var bob = await _silo.NewPerson();
        await bob.Set("x/one", "1");
        var version = (await bob.Read("x/one")).Properties.Single().Version;
        var change = new PropertyChange(Model.Addresses.PropertyPath.Parse("x/one"), PropertyValue.OfText("2"));

        var answer = await bob.Node.Write(new Contracts.Users.WriteRequest(bob.Address, [change], version - 1));

        Assert.Equal(412, answer.Refusal?.Code);
        Assert.Equal(version, answer.Refusal?.Version);
        Assert.Equal("1", await bob.Get("x/one"));
    }
}
