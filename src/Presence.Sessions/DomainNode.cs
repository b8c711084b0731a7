using System.Collections.Immutable;
using Presence.Contracts.Users;
using Presence.Model.Addresses;
using Presence.Model.Properties;
using Presence.Model.Replies;
using Presence.Model.Subscriptions;

namespace Presence.Sessions;

/// <summary>
/// The node of a hosted domain: what its administrators have laid down, for everybody to read
/// (docs/protocol/access.md, "Administrators"). It is written by configuration and by nobody else.
/// </summary>
/// <param name="properties">Paths below the node with their texts, as they are now.</param>
/// <param name="now">
/// When a text is first seen, which is its version: who has watched before a restart, or a change, is told anew when he asks again.
/// </param>
public sealed class DomainNode(Func<IEnumerable<KeyValuePair<string, string>>> properties, Func<DateTimeOffset> now)
{
    /// <summary>For hosts that lay down nothing.</summary>
    public static readonly DomainNode WithoutPolicy = new(() => [], () => DateTimeOffset.UnixEpoch.AddMilliseconds(1));

    private readonly Lock _lock = new();
    private Dictionary<PropertyPath, Property> _known = [];

    /// <summary>How any subscription to it stands: active, with all there is.</summary>
    public ImmutableArray<AttachedSubscription> Standing =>
        [AttachedSubscription.Every(SubscriptionState.Active, [.. Current()])];

    /// <summary>A subscription, which everybody in the domains may have. What changes later is told with the next one.</summary>
    public SubscribeAnswer Subscribe(SubscribeRequest request)
    {
        var limits = SubscriptionLimits.Default;
        var life = request.Expires ?? limits.DefaultExpiry;
        if (life < limits.MinExpiry)
            return SubscribeAnswer.Refused(new Refusal(423, "interval-too-brief"), limits.MinExpiry);
        var read = Read(request.Path);
        return read.Refusal is { } refusal
            ? SubscribeAnswer.Refused(refusal)
            : new SubscribeAnswer(
                null, SubscriptionState.Active, life < limits.MaxExpiry ? life : limits.MaxExpiry, read.Properties);
    }

    public ReadAnswer Read(PropertyPath path)
    {
        var all = Current();
        if (all.FirstOrDefault(property => property.Path.Equals(path)) is { } single)
            return new ReadAnswer(null, false, [single]);
        var below = all.Where(property => property.Path.StartsWith(path)).ToList();
        return below.Count == 0 ? ReadAnswer.Refused(Refusal.NotFound) : new ReadAnswer(null, true, [.. below]);
    }

    /// <summary>In the order of paths. What says the same as before keeps its version.</summary>
    private IReadOnlyList<Property> Current()
    {
        lock (_lock)
        {
            var at = now();
            _known = properties().Append(KeyValuePair.Create("kind", "domain"))
                .Select(pair => (Path: PropertyPath.Parse(pair.Key), Value: PropertyValue.OfText(pair.Value)))
                .ToDictionary(
                    pair => pair.Path,
                    pair => _known.GetValueOrDefault(pair.Path) is { } before && before.Value.Equals(pair.Value)
                        ? before
                        : new Property(pair.Path, pair.Value, at.ToUnixTimeMilliseconds(), at));
            return [.. _known.Values.OrderBy(property => property.Path)];
        }
    }
}
