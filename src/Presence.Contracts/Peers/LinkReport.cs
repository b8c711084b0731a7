using Presence.Model.Replies;

namespace Presence.Contracts.Peers;

/// <summary>What a gateway says of a link that it holds.</summary>
/// <param name="Condition">How it stands.</param>
/// <param name="Session">
/// Number of the link's session at that gateway, growing. Another one than before: what happened meanwhile is unknown.
/// </param>
/// <param name="Why">Why it is down, for those who ask; null while it is not.</param>
[GenerateSerializer, Immutable, Alias("presence.link-report")]
public sealed record LinkReport(
    [property: Id(0)] LinkCondition Condition,
    [property: Id(1)] long Session,
    [property: Id(2)] Refusal? Why);

/// <summary>How a link stands. Values are append-only: they cross processes of different versions.</summary>
[GenerateSerializer, Alias("presence.link-condition")]
public enum LinkCondition
{
    /// <summary>There is no connection yet; one is being made.</summary>
    Connecting = 0,

    /// <summary>Frames flow.</summary>
    Up = 1,

    /// <summary>Connecting has failed; it is tried again after a pause, and whoever asks now is told.</summary>
    Down = 2,
}
