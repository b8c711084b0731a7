using System.Collections.Immutable;
using System.Threading.Channels;
using Presence.Contracts.Subscriptions;
using Presence.Model.Addresses;
using Presence.Sessions.Gateways;

namespace Presence.Sessions.Tests.Gateways;

public sealed class DeparturesTests
{
    private static readonly Address Bob = Address.Parse("bob@localhost");
    private static readonly Address Carol = Address.Parse("carol@localhost");

    private readonly Channel<Call> _calls = Channel.CreateUnbounded<Call>();
    private readonly Departures _departures;

    public DeparturesTests() => _departures = new Departures(async (node, gone, _) =>
    {
        var call = new Call(node, gone, new TaskCompletionSource());
        await _calls.Writer.WriteAsync(call);
        await call.Answer.Task;
    });

    [Fact]
    public async Task Who_leaves_while_the_node_is_told_of_another_goes_with_the_next_call()
    {
        var first = Leave(Bob, "a");
        var call = await NextCall();
        var (second, third) = (Leave(Bob, "b"), Leave(Bob, "c"));
        Assert.Equal(["a@localhost"], call.Who);
        Assert.False(_calls.Reader.TryPeek(out var _));

        call.Answer.SetResult();
        await first;

        call = await NextCall();
        Assert.Equal(["b@localhost", "c@localhost"], call.Who);
        Assert.False(second.IsCompleted);
        call.Answer.SetResult();
        await Task.WhenAll(second, third);
    }

    [Fact]
    public async Task Another_node_does_not_wait_for_it()
    {
        _ = Leave(Bob, "a");
        _ = Leave(Carol, "a");

        Assert.Equivalent(new[] { Bob, Carol }, new[] { (await NextCall()).Node, (await NextCall()).Node });
    }

    [Fact]
    public async Task A_call_that_fails_is_told_to_those_whom_it_concerned_and_the_next_is_made()
    {
        var first = Leave(Bob, "a");
        var call = await NextCall();
        var second = Leave(Bob, "b");

        call.Answer.SetException(new TimeoutException());

        await Assert.ThrowsAsync<TimeoutException>(() => first);
        (await NextCall()).Answer.SetResult();
        await second;
    }

    [Fact]
    public async Task Who_comes_back_waits_until_the_node_knows_of_all_who_have_left()
    {
        await _departures.Known(Bob);
        _ = Leave(Bob, "a");
        var call = await NextCall();
        var second = Leave(Bob, "b");
        var known = _departures.Known(Bob);

        call.Answer.SetResult();
        call = await NextCall();
        Assert.False(known.IsCompleted);
        call.Answer.SetException(new TimeoutException());

        await known;
        await Assert.ThrowsAsync<TimeoutException>(() => second);
    }

    private ValueTask<Call> NextCall() => _calls.Reader.ReadAsync();

    private Task Leave(Address node, string watcher) =>
        _departures.Tell(node, new Departure(Address.Parse($"{watcher}@localhost"), ["w1"], LeavesRoute: true), "r1");

    private sealed record Call(Address Node, ImmutableArray<Departure> Gone, TaskCompletionSource Answer)
    {
        public IEnumerable<string> Who => Gone.Select(gone => gone.Watcher.ToString());
    }
}
