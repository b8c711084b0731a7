using System.Collections.Concurrent;
using System.Collections.Immutable;
using Presence.Contracts;
using Presence.Contracts.Domains;
using Presence.Contracts.Users;
using Presence.Model.Addresses;
using Presence.Model.Properties;
using Presence.Model.Replies;
using Presence.Model.Subscriptions;

namespace Presence.Sessions;

/// <summary>
/// The nodes of the hosted domains: what configuration says there, and beside it what administrators have laid down by SETACL.
/// Everybody in the domains may read and watch them.
/// </summary>
internal sealed class DomainNodes(IGrainFactory grains, DomainNode configured)
{
    private static readonly PropertyPath Ceiling = PropertyPath.Parse("policy/ceiling");
    private static readonly PropertyPath Floor = PropertyPath.Parse("policy/floor");

    private readonly ConcurrentDictionary<Domain, (long LaidDown, long Configured)> _told = new();

    public async Task<ReadAnswer> Read(Domain domain, PropertyPath path)
    {
        var properties = await PropertiesOf(domain, withGone: false);
        if (properties.FirstOrDefault(property => property.Path.Equals(path)) is { } single)
            return new ReadAnswer(null, false, [single]);
        var below = properties.Where(property => property.Path.StartsWith(path)).ToList();
        return below.Count == 0 ? ReadAnswer.Refused(Refusal.NotFound) : new ReadAnswer(null, true, [.. below]);
    }

    /// <summary>A subscription, which everybody may have and which no grain remembers.</summary>
    public async Task<SubscribeAnswer> Subscribe(Domain domain, SubscribeRequest request)
    {
        var limits = SubscriptionLimits.Default;
        if (limits.LifeFor(request.Expires) is not { } life)
            return SubscribeAnswer.Refused(Refusal.IntervalTooBrief, limits.MinExpiry);
        var read = await Read(domain, request.Path);
        return read.Refusal is { } refusal && !request.Path.Equals(Ceiling) && !request.Path.Equals(Floor)
            ? SubscribeAnswer.Refused(refusal)
            : new SubscribeAnswer(null, SubscriptionState.Active, life, read.Properties);
    }

    /// <summary>How any subscription to it stands: active, with all there is. A line that was taken away is an empty one.</summary>
    public async Task<ImmutableArray<AttachedSubscription>> Standing(Domain domain) =>
        [AttachedSubscription.Every(SubscriptionState.Active, [.. await PropertiesOf(domain, withGone: true)])];

    /// <summary>True if something was laid down since this was asked the last time.</summary>
    public async Task<bool> HasChanged(Domain domain)
    {
        var version = NewestOf(configured.Current(), await grains.GetDomainPolicy(domain).Bounds());
        var before = _told.GetOrAdd(domain, version);
        _told[domain] = version;
        return before != version;
    }

    private async Task<List<Property>> PropertiesOf(Domain domain, bool withGone)
    {
        var bounds = await grains.GetDomainPolicy(domain).Bounds();
        var laidDown = configured.Current();
        _told.TryAdd(domain, NewestOf(laidDown, bounds));
        return
        [
            .. laidDown
                .Concat(Lines(laidDown, bounds, Ceiling, bounds.Ceiling, withGone ? bounds.MostCeilings : 0))
                .Concat(Lines(laidDown, bounds, Floor, bounds.Floor, withGone ? bounds.MostFloors : 0))
                .OrderBy(property => property.Path),
        ];
    }

    /// <summary>Two clocks, which may show the same.</summary>
    private static (long LaidDown, long Configured) NewestOf(IReadOnlyList<Property> configured, DomainBounds bounds) =>
        (bounds.Version, configured.Max(property => property.Version));

    /// <summary>They stand behind those of configuration, whose numbers do not change.</summary>
    private static IEnumerable<Property> Lines(
        IReadOnlyList<Property> laidDown, DomainBounds bounds, PropertyPath place, ImmutableArray<AccessLine> lines, int most)
    {
        var first = laidDown.Count(property => property.Path.StartsWith(place));
        var texts = lines.Select(line => line.ToEntry()?.ToString() ?? "")
            .Concat(Enumerable.Repeat("", Math.Max(0, most - lines.Length)));
        return texts.Select((text, index) => new Property(
            PropertyPath.Parse($"{place}/{first + index}"), PropertyValue.OfText(text), bounds.Version,
            VersionClock.TimeOf(bounds.Version)));
    }
}
