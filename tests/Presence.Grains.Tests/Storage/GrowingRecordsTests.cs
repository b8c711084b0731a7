using Microsoft.Data.Sqlite;
using Presence.Contracts.Users;
using Presence.Grains.Tests.Hosting;
using Presence.Hosting.Clustering;
using Presence.Model.Addresses;
using Presence.Model.Subscriptions;
using Presence.Storage.Sqlite;

namespace Presence.Grains.Tests.Storage;

/// <summary>Long lists in the file of a node, which is given what they have gained (decision 0098).</summary>
public sealed class GrowingRecordsTests : IDisposable
{
    private const int Many = 40;
    private const string File = "state.db";
    private const string Killed = "killed.db";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("presence-grains-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Who_watches_who_is_watched_and_who_was_approved_outlive_a_kill()
    {
        Address bob;
        List<Address> friends;
        await using (var first = await Start(File))
        {
            (var owner, friends) = await Fill(first);
            bob = owner.Address;
            CopyAsKilledNow();
        }

        Assert.Equal(["node", "outgoing", "subscriptions"], Growing(Killed));
        await using var second = await Start(Killed);
        var node = new Person(second, bob).Node;
        foreach (var friend in friends)
            Assert.Equal(SubscriptionState.Active, Assert.Single(await node.Attach(friend, "route")).State);
        Assert.Equal(Enumerable.Range(0, Many).Select(Id), (await node.ListWatching()).Select(watched => watched.Id));
        var approved = (await node.GetAccess(bob, default)).Lines.Select(line => line.ToEntry()!.Principal.ToString());
        Assert.Equal(friends.Select(friend => friend.ToString()), approved.Distinct().Intersect(friends.Select(f => f.ToString())));
    }

    [Fact]
    public async Task What_is_taken_out_of_a_list_that_has_grown_does_not_come_back()
    {
        Address bob;
        List<Address> friends;
        await using (var first = await Start(File))
        {
            (var owner, friends) = await Fill(first);
            bob = owner.Address;
            await owner.Deny(new Person(first, friends[^1]), isExplicit: true);
            await owner.Node.Unsubscribe(friends[^2], "w1");
            await owner.Node.ForgetWatching(Id(Many - 1));
            Assert.Null(await owner.Node.RememberWatching(Watched(0, first)));
            CopyAsKilledNow();
        }

        await using var second = await Start(Killed);
        var node = new Person(second, bob).Node;
        Assert.Empty(await node.Attach(friends[^1], "route"));
        Assert.Empty(await node.Attach(friends[^2], "route"));
        Assert.Equal(
            Enumerable.Range(1, Many - 2).Append(0).Select(Id), (await node.ListWatching()).Select(watched => watched.Id));
        await using var gateway = await second.NewGateway();
        Assert.Equal(403, (await new Person(second, friends[^1]).Watch(new Person(second, bob), gateway, "again")).Refusal?.Code);
    }

    private static string Id(int number) => $"w{number}";

    private static WatchedNode Watched(int number, PresenceSilo silo) =>
        new(Id(number), PresenceSilo.FreshAddress(), default, silo.Now + TimeSpan.FromDays(1));

    private static async Task<(Person Owner, List<Address> Friends)> Fill(PresenceSilo silo)
    {
        var owner = await silo.NewPerson();
        await using var gateway = await silo.NewGateway();
        List<Address> friends = [];
        for (var i = 0; i < Many; i++)
        {
            var friend = await silo.NewPerson();
            Assert.Equal(SubscriptionState.Pending, (await friend.Watch(owner, gateway)).State);
            await owner.Approve(friend);
            Assert.Null(await owner.Node.RememberWatching(Watched(i, silo)));
            friends.Add(friend.Address);
        }

        return (owner, friends);
    }

    /// <summary>The states that are stored so that others can be written behind them.</summary>
    private List<string> Growing(string file)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder.FullName, file)};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT DISTINCT state_name FROM grain_state WHERE substr(payload, 1, 1) = x'02' ORDER BY 1";
        using var reader = command.ExecuteReader();
        List<string> names = [];
        while (reader.Read())
            names.Add(reader.GetString(0));
        return names;
    }

    /// <summary>What kill -9 would leave: the file and its log.</summary>
    private void CopyAsKilledNow()
    {
        foreach (var file in _folder.GetFiles($"{File}*").Where(file => file.Extension is ".db" or ".db-wal"))
            file.CopyTo(Path.Combine(_folder.FullName, file.Name.Replace(File, Killed, StringComparison.Ordinal)));
    }

    private Task<PresenceSilo> Start(string file) => PresenceSilo.Start(
        silo => silo.AddSqliteGrainStorage(PresenceGrainsExtensions.StorageName, options =>
        {
            options.Path = Path.Combine(_folder.FullName, file);
            options.Growth = new GrainGrowth();
        }),
        new GrainOptions());
}
