using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Presence.Contracts;

namespace Presence.Grains.Fencing;

/// <summary>
/// Holds back what grains tell others after their silo stood still, until it is known to be alive: a second activation may
/// have taken their place, and what the first one remembers is no longer so. Each call tells until when its caller waits.
/// </summary>
internal sealed class OutgoingFence(SiloPulse pulse, IOptions<SiloMessagingOptions> messaging, PresenceClock clock)
    : IOutgoingGrainCallFilter
{
    private readonly TimeSpan _usual = messaging.Value.ResponseTimeout;

    public Task Invoke(IOutgoingGrainCallContext context) => pulse.IsFresh ? Pass(context) : AfterAsking(context);

    private Task Pass(IOutgoingGrainCallContext context) => CallDeadline.Invoke(context, _usual, clock);

    private async Task AfterAsking(IOutgoingGrainCallContext context)
    {
        await pulse.Confirm();
        await Pass(context);
    }
}
