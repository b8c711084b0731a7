namespace Presence.Grains.Fencing;

/// <summary>
/// Holds back what a silo is asked after it stood still, until it is known to be alive: if others have taken its grains' places,
/// what these remember is no longer so, and an answer from it would be wrong without anybody being asked. What Orleans asks
/// passes, for it keeps the cluster alive.
/// </summary>
internal sealed class IncomingFence(SiloPulse pulse) : IIncomingGrainCallFilter
{
    public Task Invoke(IIncomingGrainCallContext context) =>
        pulse.IsFresh || !OwnCalls.Are(context) ? context.Invoke() : AfterAsking(context);

    private async Task AfterAsking(IIncomingGrainCallContext context)
    {
        await pulse.Confirm();
        await context.Invoke();
    }
}
