using Presence.Model.Addresses;

namespace Presence.Model.Groups;

/// <summary>
/// An interest node: <c>domain/interest/class</c>. Its members are those who joined a pattern that covers the class.
/// Source: docs/protocol/messages.md, "Interest nodes".
/// </summary>
public static class InterestNode
{
    private const string Container = "interest";

    /// <summary>True for a place at or below <c>domain/interest</c>, whether it names a class or not.</summary>
    public static bool IsAbout(Place place) => place is { Address.IsDomain: true, Path.First: Container };

    /// <summary>The node of one class in a domain.</summary>
    public static Place Of(Domain domain, ClassPattern name) =>
        new(Address.Of(domain), PropertyPath.Root.Append(Container).Append(name.ToString()));

    /// <summary>False if the place names no class, or no pattern.</summary>
    public static bool TryRead(Place place, out ClassPattern pattern)
    {
        pattern = default;
        return IsAbout(place) && place.Path.Count == 2 && ClassPattern.TryParse(place.Path.Last, out pattern);
    }
}
