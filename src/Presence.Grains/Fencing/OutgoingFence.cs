namespace Presence.Grains.Fencing;

/// <summary>
/// Holds back what grains tell others after their silo stood still, until it is known to be alive: a second activation may
/// have taken their place, and what the first one remembers is no longer so.
/// </summary>
internal sealed class OutgoingFence(SiloPulse pulse) : IOutgoingGrainCallFilter
{
    public Task Invoke(IOutgoingGrainCallContext context) => pulse.IsFresh ? context.Invoke() : AfterAsking(context);

    private async Task AfterAsking(IOutgoingGrainCallContext context)
    {
        await pulse.Confirm();
        await context.Invoke();
    }
}
