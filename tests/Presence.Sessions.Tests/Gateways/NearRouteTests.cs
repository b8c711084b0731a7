using Presence.Contracts.Routes;
using Presence.Model.Addresses;
using Presence.Sessions.Gateways;

namespace Presence.Sessions.Tests.Gateways;

public sealed class NearRouteTests
{
    private readonly NearRoute _route = new();
    private readonly List<string[]> _read = [];

    [Fact]
    public async Task All_that_have_come_meanwhile_are_handed_over_together_and_in_order()
    {
        var (begun, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        Put("a");
        var reading = _route.Read(batches =>
        {
            Note(batches);
            begun.TrySetResult();
            return goOn.Task;
        });
        await begun.Task;

        Put("b", "c", "b");
        _route.Close();
        goOn.SetResult();
        await reading;

        Assert.Equal([["a"], ["b", "c", "b"]], _read);
    }

    [Fact]
    public async Task So_many_share_a_write_and_no_more()
    {
        Put([.. Enumerable.Repeat("a", NearRoute.BatchesAtOnce + 1)]);
        _route.Close();

        await _route.Read(Noting);

        Assert.Equal([NearRoute.BatchesAtOnce, 1], _read.Select(together => together.Length));
    }

    [Fact]
    public async Task A_full_route_takes_nothing_until_it_is_read()
    {
        Put([.. Enumerable.Repeat("a", NearRoute.MaxWaiting)]);
        Assert.False(_route.TryPut(Batch("lost")));

        var all = new TaskCompletionSource();
        var reading = _route.Read(batches =>
        {
            Note(batches);
            if (_read.Sum(together => together.Length) == NearRoute.MaxWaiting)
                all.SetResult();
            return Task.CompletedTask;
        });
        await all.Task;
        Put("b");
        _route.Close();
        await reading;

        Assert.Equal(["b"], _read[^1]);
        Assert.DoesNotContain("lost", _read.SelectMany(together => together));
    }

    [Fact]
    public async Task After_the_end_it_takes_nothing_and_what_it_has_is_read()
    {
        Put("a", "b");
        _route.Close();

        Assert.False(_route.TryPut(Batch("c")));
        await _route.Read(Noting);

        Assert.Equal([["a", "b"]], _read);
    }

    private void Put(params string[] nodes) => Assert.All(nodes, node => Assert.True(_route.TryPut(Batch(node))));

    private static RouteBatch Batch(string node) => new(Address.Parse($"{node}@localhost"), [], []);

    private Task Noting(IReadOnlyList<RouteBatch> batches)
    {
        Note(batches);
        return Task.CompletedTask;
    }

    private void Note(IReadOnlyList<RouteBatch> batches) =>
        _read.Add([.. batches.Select(batch => batch.Node.ToString().Split('@')[0])]);
}
