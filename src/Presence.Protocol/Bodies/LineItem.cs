using Presence.Protocol.Framing;

namespace Presence.Protocol.Bodies;

/// <summary>
/// One line of a <c>text/pip-*</c> body: one to three positional tokens in wire form (a path, principal, address or
/// word; escapes validated but kept, as in <see cref="Frame.Target"/>), then parameters.
/// </summary>
public readonly struct LineItem : IEquatable<LineItem>
{
    internal LineItem(string first, string? second, string? third, Parameters parameters)
    {
        First = first;
        Second = second;
        Third = third;
        Parameters = parameters;
    }

    public string First { get; }

    /// <summary>Principal of an ACL item, code of a result item; null if absent.</summary>
    public string? Second { get; }

    /// <summary>Rights of an ACL item, reason word of a result item; null if absent.</summary>
    public string? Third { get; }

    public Parameters Parameters { get; }

    public bool Equals(LineItem other) =>
        First == other.First && Second == other.Second && Third == other.Third && Parameters == other.Parameters;

    public override bool Equals(object? obj) => obj is LineItem other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(First, Second, Third, Parameters);

    public static bool operator ==(LineItem left, LineItem right) => left.Equals(right);

    public static bool operator !=(LineItem left, LineItem right) => !left.Equals(right);
}
