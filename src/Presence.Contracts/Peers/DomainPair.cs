using Presence.Model.Addresses;

namespace Presence.Contracts.Peers;

/// <summary>One of our domains and one of somebody else's, as we see the two. Keys of what stands between them.</summary>
/// <param name="Local">Hosted here.</param>
/// <param name="Remote">Hosted elsewhere.</param>
public readonly record struct DomainPair(Domain Local, Domain Remote)
{
    // No domain holds it, and it reads well in a log.
    private const char Separator = '>';

    private const string RoutePrefix = "peer:";

    /// <summary>The route by which a subscription grain reaches the watchers of the remote domain.</summary>
    public string Route => $"{RoutePrefix}{this}";

    /// <summary>The pair that <see cref="ToString"/> wrote.</summary>
    /// <exception cref="ArgumentException">The text is no such pair.</exception>
    public static DomainPair Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var middle = text.IndexOf(Separator, StringComparison.Ordinal);
        return middle > 0
            && Domain.TryParseCanonical(text[..middle], out var local, out _)
            && Domain.TryParseCanonical(text[(middle + 1)..], out var remote, out _)
            ? new DomainPair(local, remote)
            : throw new ArgumentException($"'{text}' is no pair of domains.", nameof(text));
    }

    /// <summary>The pair of a route, or null for a route that leads to a gateway.</summary>
    public static DomainPair? OfRoute(string route)
    {
        ArgumentNullException.ThrowIfNull(route);
        return route.StartsWith(RoutePrefix, StringComparison.Ordinal) ? Parse(route[RoutePrefix.Length..]) : null;
    }

    public override string ToString() => $"{Local}{Separator}{Remote}";
}
