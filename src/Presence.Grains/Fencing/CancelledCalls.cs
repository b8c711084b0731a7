namespace Presence.Grains.Fencing;

/// <summary>
/// Orleans cancels calls that are on their way through a silo that stops. No caller of ours has cancelled them, so to him the silo
/// is not available, and he may try again.
/// </summary>
internal sealed class CancelledCalls : IOutgoingGrainCallFilter
{
    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        try
        {
            await context.Invoke();
        }
        catch (OperationCanceledException stopping) when (OwnCalls.Are(context))
        {
            throw new SiloUnavailableException("A silo on the way stops.", stopping);
        }
    }
}
