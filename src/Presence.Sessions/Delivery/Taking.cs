namespace Presence.Sessions.Delivery;

/// <summary>What a session makes of a message that is handed over to it.</summary>
internal enum Taking
{
    /// <summary>It did not have it.</summary>
    New,

    /// <summary>It has it, and its client has not acknowledged it yet.</summary>
    InHand,

    /// <summary>Its client acknowledged it lately: the grain must be told again.</summary>
    Settled,
}
