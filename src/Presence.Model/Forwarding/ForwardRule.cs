using Presence.Model.Addresses;
using Presence.Model.Properties;

namespace Presence.Model.Forwarding;

/// <summary>Where a user wants to be reached instead (docs/protocol/messages.md, "Forwarding").</summary>
/// <param name="To">Another address than the user's own.</param>
/// <param name="Mode">What is done about it.</param>
/// <param name="Ends">When the lease of the rule ends; null if it stays.</param>
public sealed record ForwardRule(Address To, ForwardMode Mode, DateTimeOffset? Ends)
{
    /// <summary>The rule that these properties state; null if there is none, or none that can be read.</summary>
    public static ForwardRule? Of(NodeProperties properties) =>
        properties[StandardPaths.Forward] is { Value.Text: { } text } rule
            && Address.TryParse(text, out var to, out _) && !to.IsDomain
            && TryParseMode(properties[StandardPaths.ForwardMode]?.Value.Text, out var mode)
                ? new ForwardRule(to, mode, rule.LeaseEnds)
                : null;

    /// <summary>Reads a wire word; none at all means <c>refer</c>.</summary>
    public static bool TryParseMode(string? word, out ForwardMode mode)
    {
        mode = word switch
        {
            null or "refer" => ForwardMode.Refer,
            "proxy" => ForwardMode.Proxy,
            "alias" => ForwardMode.Alias,
            _ => (ForwardMode)(-1),
        };
        return mode >= 0;
    }
}

/// <summary>What is done with a message for somebody who is elsewhere.</summary>
public enum ForwardMode
{
    /// <summary>Senders that ask for it are told the address.</summary>
    Refer = 0,

    /// <summary>The message goes on; the sender need not know.</summary>
    Proxy = 1,

    /// <summary>The address is only another name for the target.</summary>
    Alias = 2,
}
