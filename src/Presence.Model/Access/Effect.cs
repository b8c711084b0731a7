namespace Presence.Model.Access;

/// <summary>What a rule says; the order is that of strictness, and a tie between equal principals goes to the stricter.</summary>
public enum Effect
{
    Allow = 0,

    /// <summary>The owner decides: a subscription waits, a first message is flagged as a request, the rest is refused.</summary>
    Ask = 1,

    Deny = 2,
}
