using Presence.OrleansSemantics.Tests.Hosting;

namespace Presence.OrleansSemantics.Tests.Calls;

internal sealed class CallGrain : Grain, ICallGrain, IRungGrain
{
    // Made in the constructor, as our grains do for the alarm clock.
    private readonly IRungGrain _me;

    public CallGrain() => _me = this.AsReference<IRungGrain>();

    private Journal Journal => Journal.Of(this.GetPrimaryKeyString());

    private Gate Gate => Gate.Of(this.GetPrimaryKeyString());

    public Task<List<int>> Extend(List<int> numbers)
    {
        numbers.Add(1);
        return Task.FromResult(numbers);
    }

    public Task<MutablePayload> Echo(MutablePayload payload) => Task.FromResult(payload);

    public Task<ImmutablePayload> Echo(ImmutablePayload payload) => Task.FromResult(payload);

    public async Task<bool> SharesMutable(ICallGrain other)
    {
        var sent = new MutablePayload { Text = "same" };
        var came = await other.Echo(sent);
        return came.Text == "same" && ReferenceEquals(sent, came);
    }

    public async Task<bool> SharesImmutable(ICallGrain other)
    {
        var sent = new ImmutablePayload { Text = "same" };
        var came = await other.Echo(sent);
        return came.Text == "same" && ReferenceEquals(sent, came);
    }

    public async Task Hold()
    {
        Journal.Add("hold begins");
        await Gate.Pass();
        Journal.Add("hold ends");
    }

    public Task Note(string line)
    {
        Journal.Add(line);
        return Task.CompletedTask;
    }

    public Task NotePatiently(string line) => Note(line);

    public Task Interleave(string line) => Note(line);

    public Task<string> Cycle(ICallGrain other) => CallAround(other, isMarked: false);

    public Task<string> MarkedCycle(ICallGrain other) => CallAround(other, isMarked: true);

    public Task Back(ICallGrain caller, bool isMarked) => isMarked ? caller.Interleave("back") : caller.Note("back");

    public Task HoldBeyondTimeout() => Hold();

    public Task Throw() => throw new InvalidOperationException("Thrown.");

    public Task ThrowOneWay() => throw new InvalidOperationException("Thrown one way.");

    public Task HoldOneWay() => Hold();

    public async Task RingThroughOtherInterface() => await _me.Ring();

    public Task Ring()
    {
        Journal.Add("rung");
        return Task.CompletedTask;
    }

    private async Task<string> CallAround(ICallGrain other, bool isMarked)
    {
        try
        {
            await other.Back(this.AsReference<ICallGrain>(), isMarked);
            return "passed";
        }
        catch (TimeoutException)
        {
            return "timed out";
        }
    }
}
