using Microsoft.Extensions.Logging;
using Presence.Contracts;

namespace Presence.Grains.Fencing;

/// <summary>
/// Refuses calls whose callers have given up. A call can lie for a minute in the buffers of a silo that stands still and was only
/// to pass it on; executed then, it would bring a message that its sender was told had failed, behind later ones, or undo what was
/// written since.
/// </summary>
internal sealed partial class LateCalls(PresenceClock clock, ILogger<LateCalls> logger) : IIncomingGrainCallFilter
{
    public Task Invoke(IIncomingGrainCallContext context)
    {
        if (CallDeadline.TakeLateness(clock) is not { Ticks: > 0 } late)
            return context.Invoke();
        LogLate(logger, context.InterfaceName, context.MethodName, late.TotalSeconds);
        return Task.FromException(new TimeoutException($"The call came {late.TotalSeconds:0.0} s too late and was not executed."));
    }

    [LoggerMessage(
        3025, LogLevel.Information, "A call of {Interface}.{Method} came {Late:0.0} s after its caller had given up, and was not executed.")]
    private static partial void LogLate(ILogger logger, string @interface, string method, double late);
}
