using System.Collections.Immutable;
using System.Threading.Channels;
using Presence.Model.Addresses;
using Presence.Sessions.Gateways;

namespace Presence.Sessions.Tests.Gateways;

public sealed class GatheringTests
{
    private static readonly Address Bob = Address.Parse("bob@localhost");

    private readonly Channel<Call> _calls = Channel.CreateUnbounded<Call>();
    private readonly Gathering<int, string> _gathering;

    public GatheringTests() => _gathering = new Gathering<int, string>(
        async (_, asked) =>
        {
            var call = new Call(asked, new TaskCompletionSource());
            await _calls.Writer.WriteAsync(call);
            await call.MayAnswer.Task;
            return [.. asked.Select(one => $"answer to {one}")];
        },
        most: 3);

    [Fact]
    public async Task Everybody_gets_his_own_answer()
    {
        var first = _gathering.Ask(Bob, 1);
        var call = await NextCall();
        var (second, third) = (_gathering.Ask(Bob, 2), _gathering.Ask(Bob, 3));
        call.MayAnswer.SetResult();
        (await NextCall()).MayAnswer.SetResult();

        Assert.Equal(["answer to 1", "answer to 2", "answer to 3"], await Task.WhenAll(first, second, third));
    }

    [Fact]
    public async Task Who_finds_no_room_in_a_call_goes_with_the_one_after_and_keeps_his_place()
    {
        _ = _gathering.Ask(Bob, 0);
        var call = await NextCall();
        var all = Enumerable.Range(1, 5).Select(one => _gathering.Ask(Bob, one)).ToList();

        call.MayAnswer.SetResult();
        call = await NextCall();
        Assert.Equal([1, 2, 3], call.Asked);
        Assert.False(_calls.Reader.TryPeek(out var _));
        call.MayAnswer.SetResult();
        call = await NextCall();
        Assert.Equal([4, 5], call.Asked);
        call.MayAnswer.SetResult();

        Assert.Equal("answer to 5", (await Task.WhenAll(all))[^1]);
    }

    [Fact]
    public async Task A_node_that_has_answered_is_asked_anew()
    {
        for (var ask = 1; ask <= 2; ask++)
        {
            var answer = _gathering.Ask(Bob, ask);
            var call = await NextCall();
            Assert.Equal([ask], call.Asked);
            call.MayAnswer.SetResult();
            Assert.Equal($"answer to {ask}", await answer);
        }
    }

    private ValueTask<Call> NextCall() => _calls.Reader.ReadAsync();

    private sealed record Call(ImmutableArray<int> Asked, TaskCompletionSource MayAnswer);
}
