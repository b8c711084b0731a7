using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Presence.Contracts;

namespace Presence.Grains.Fencing;

/// <summary>Gateways that are clients of silos tell with each call until when they wait.</summary>
internal sealed class DeadlineStamp(IOptions<ClientMessagingOptions> messaging, PresenceClock clock) : IOutgoingGrainCallFilter
{
    private readonly TimeSpan _usual = messaging.Value.ResponseTimeout;

    public Task Invoke(IOutgoingGrainCallContext context) => CallDeadline.Invoke(context, _usual, clock);
}
