using Presence.Model.Addresses;

namespace Presence.Model.Messages;

/// <summary>A message that no session holds any more, and the sessions that had it before.</summary>
public sealed record Orphan(InstantMessage Message, IReadOnlySet<string> Given);

/// <summary>What is to be done about a displayed message.</summary>
/// <param name="MustTell">True if the sender wants to know and was not told yet.</param>
/// <param name="SentTo">The address that the sender wrote to, if it was not the recipient's own.</param>
public readonly record struct DisplayOutcome(bool MustTell, Address? SentTo);
