using Presence.Contracts;
using Presence.Contracts.Accounts;
using Presence.Grains.Tests.Hosting;
using Presence.Model.Addresses;

namespace Presence.Grains.Tests.Accounts;

public sealed class DirectoryTests(SharedSilo shared) : PresenceTest(shared)
{
    private static readonly Domain Domain = Domain.Parse("directory.example");

    [Fact]
    public async Task A_bucket_lists_in_ordinal_order_what_was_added_once()
    {
        var bucket = Silo.Client.GetDirectory(Domain, 1);

        await bucket.Add(["ab", "a-c", "a_b"]);
        await bucket.Add(["ab", "a.b"]);

        Assert.Equal(["a-c", "a.b", "a_b", "ab"], await bucket.List());
    }

    [Fact]
    public async Task Removing_takes_out_one_and_survives_deactivation()
    {
        var bucket = Silo.Client.GetDirectory(Domain, 2);
        await bucket.Add(["alice", "bob"]);

        await bucket.Remove("alice");
        await bucket.Remove("carol");

        await Silo.Deactivate(bucket);
        Assert.Equal(["bob"], await bucket.List());
    }

    [Fact]
    public async Task Buckets_of_different_domains_and_numbers_are_apart()
    {
        await Silo.Client.GetDirectory(Domain, 3).Add(["alice"]);

        Assert.Empty(await Silo.Client.GetDirectory(Domain, 4).List());
        Assert.Empty(await Silo.Client.GetDirectory(Domain.Parse("other.example"), 3).List());
    }

    [Theory]
    [InlineData("alice@a.example", 231)]
    [InlineData("bob@b.example", 212)]
    [InlineData("bücher@a.example", 183)]
    public void The_bucket_of_an_address_never_changes_for_stored_lists_are_found_by_it(string address, int bucket) =>
        Assert.Equal(bucket, DirectoryBuckets.Of(Address.Parse(address)));

    [Fact]
    public void Users_spread_over_all_buckets()
    {
        var buckets = Enumerable.Range(0, 10_000)
            .CountBy(i => DirectoryBuckets.Of(Address.Parse($"user{i}@a.example"))).ToList();

        Assert.Equal(DirectoryBuckets.Count, buckets.Count);
        Assert.All(buckets, bucket => Assert.InRange(bucket.Value, 10, 120));
    }
}
