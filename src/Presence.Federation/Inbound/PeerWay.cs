using System.Collections.Immutable;
using System.Globalization;
using Presence.Model.Addresses;
using Presence.Model.Messages;
using Presence.Protocol.Framing;

namespace Presence.Federation.Inbound;

/// <summary>The way that something has come: <c>via=</c> and <c>hops=</c>.</summary>
internal static class PeerWay
{
    /// <summary>False if it cannot be: more steps than there may be, or addresses that are not canonical.</summary>
    public static bool TryRead(Frame frame, out ImmutableArray<Address> via, out int hops)
    {
        (via, hops) = ([], InstantMessage.MaxHops);
        if (frame.Parameters["hops"] is { } text
            && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out hops)
                && hops <= InstantMessage.MaxHops))
            return false;
        if (frame.Parameters["via"] is not { } list)
            return true;
        var nodes = ImmutableArray.CreateBuilder<Address>();
        foreach (var item in list.Split(','))
        {
            if (nodes.Count > InstantMessage.MaxHops || !Address.TryParseCanonical(item, out var node, out _))
                return false;
            nodes.Add(node);
        }

        via = nodes.ToImmutable();
        return true;
    }
}
