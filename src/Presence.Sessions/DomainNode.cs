using Presence.Contracts.Users;
using Presence.Model.Addresses;
using Presence.Model.Properties;
using Presence.Model.Replies;

namespace Presence.Sessions;

/// <summary>
/// The node of a hosted domain: what its administrators have laid down, for everybody to read
/// (docs/protocol/access.md, "Administrators"). It is written by configuration and by nobody else.
/// </summary>
/// <param name="properties">Paths below the node with their texts.</param>
public sealed class DomainNode(IEnumerable<KeyValuePair<string, string>> properties)
{
    /// <summary>For hosts that lay down nothing.</summary>
    public static readonly DomainNode WithoutPolicy = new([]);

    private readonly IReadOnlyList<Property> _properties =
    [
        .. properties.Append(KeyValuePair.Create("kind", "domain"))
            .Select(pair => new Property(
                PropertyPath.Parse(pair.Key), PropertyValue.OfText(pair.Value), 1, DateTimeOffset.UnixEpoch))
            .OrderBy(property => property.Path),
    ];

    public ReadAnswer Read(PropertyPath path)
    {
        if (_properties.FirstOrDefault(property => property.Path.Equals(path)) is { } single)
            return new ReadAnswer(null, false, [single]);
        var below = _properties.Where(property => property.Path.StartsWith(path)).ToList();
        return below.Count == 0 ? ReadAnswer.Refused(Refusal.NotFound) : new ReadAnswer(null, true, [.. below]);
    }
}
