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
/// <param name="properties">Paths below the node with their texts.</param>
/// <param name="since">When they were read, which is their version: who has watched before a restart is told anew.</param>
public sealed class DomainNode(IEnumerable<KeyValuePair<string, string>> properties, DateTimeOffset since)
{
    /// <summary>For hosts that lay down nothing.</summary>
    public static readonly DomainNode WithoutPolicy = new([], DateTimeOffset.UnixEpoch.AddMilliseconds(1));

    private readonly IReadOnlyList<Property> _properties =
    [
        .. properties.Append(KeyValuePair.Create("kind", "domain"))
            .Select(pair => new Property(
                PropertyPath.Parse(pair.Key), PropertyValue.OfText(pair.Value), since.ToUnixTimeMilliseconds(), since))
            .OrderBy(property => property.Path),
    ];

    /// <summary>How any subscription to it stands: active, with all there is.</summary>
    public ImmutableArray<AttachedSubscription> Standing =>
        [AttachedSubscription.Every(SubscriptionState.Active, [.. _properties])];

    /// <summary>A subscription, which everybody in the domains may have; nothing changes while the process runs.</summary>
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
        if (_properties.FirstOrDefault(property => property.Path.Equals(path)) is { } single)
            return new ReadAnswer(null, false, [single]);
        var below = _properties.Where(property => property.Path.StartsWith(path)).ToList();
        return below.Count == 0 ? ReadAnswer.Refused(Refusal.NotFound) : new ReadAnswer(null, true, [.. below]);
    }
}
