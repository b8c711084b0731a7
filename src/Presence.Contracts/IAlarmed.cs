using Orleans.Concurrency;

namespace Presence.Contracts;

/// <summary>A grain that asked to be woken at a time of the presence clock.</summary>
[Alias("presence.alarmed")]
public interface IAlarmed : IGrainWithStringKey
{
    /// <summary>The time has come, or has come for an alarm that was moved since: the grain looks for itself.</summary>
    [Alias("ring")]
    [OneWay]
    Task Ring();
}
