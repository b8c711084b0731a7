using System.Collections.Immutable;
using Presence.Model.Addresses;
using Presence.Model.Properties;

namespace Presence.Model.Composition;

/// <summary>
/// What a user shows at user level: the composed status, the note, activity and place that go with it, and what his
/// endpoints can handle. All are taken from the user if set there, else from the endpoint that gave the status; what can
/// be handled from all of them.
/// </summary>
/// <param name="Shown">The shown properties by path; <c>status</c> is always among them.</param>
/// <param name="ReviewAt">When composition must be done again without any write; null if never.</param>
public sealed record PresenceView(ImmutableDictionary<PropertyPath, Property> Shown, DateTimeOffset? ReviewAt)
{
    private static readonly ImmutableArray<PropertyPath> Accompanying =
        [.. new[] { "note", "activity", "place" }.Select(name => PropertyPath.Root.Append(name))];

    /// <summary>A user whom nobody has seen yet: offline since the beginning of time.</summary>
    public static readonly PresenceView Unseen = new(
        ImmutableDictionary<PropertyPath, Property>.Empty.Add(
            StandardPaths.Status,
            new Property(StandardPaths.Status, PropertyValue.OfText(StatusToken.Offline), 1, DateTimeOffset.UnixEpoch)),
        null);

    public string Status => Shown[StandardPaths.Status].Value.Text ?? StatusToken.Online;

    /// <summary>True for the paths whose user-level value is composed rather than read as written.</summary>
    public static bool IsComposed(PropertyPath path) =>
        path.Equals(StandardPaths.Status) || path.Equals(StandardPaths.Capabilities) || Accompanying.Contains(path);

    /// <summary>
    /// Composes anew after a change. Gives the next view, the properties with their clock moved on, and what changed for
    /// watchers. A value that stays keeps its version and its time of change.
    /// </summary>
    /// <param name="properties">All that is written.</param>
    /// <param name="priorities">Priority of each bound endpoint; others count as 0.</param>
    /// <param name="now">The time.</param>
    /// <param name="why">Reason word for the deltas, or null.</param>
    public ViewOutcome Recompose(
        NodeProperties properties, IReadOnlyDictionary<string, int> priorities, DateTimeOffset now, string? why = null)
    {
        var endpoints = EndpointsOf(properties, priorities);
        var composed = StatusComposition.Compose(properties[StandardPaths.Status]?.Value.Text, endpoints, now);
        var step = new Step(this, properties, now, why);

        step.Show(
            StandardPaths.Status, properties[StandardPaths.Status], PropertyValue.OfText(composed.Status));
        foreach (var path in Accompanying)
        {
            var fromEndpoint = composed.Endpoint is { } endpoint
                ? OfEndpoint(properties, endpoint, path.Segments[0])?.Value
                : null;
            step.Show(path, properties[path], fromEndpoint);
        }

        step.Show(
            StandardPaths.Capabilities, properties[StandardPaths.Capabilities], CapabilityUnion.Of(properties, endpoints));

        return step.Finish(composed.ReviewAt);
    }

    /// <summary>The endpoints that have a status, as composition weighs them.</summary>
    public static IReadOnlyList<EndpointPresence> EndpointsOf(
        NodeProperties properties, IReadOnlyDictionary<string, int> priorities)
    {
        var endpoints = new List<EndpointPresence>();
        foreach (var property in properties.All.Values)
        {
            if (property.Path.Count != 3 || !StandardPaths.IsUnderEndpoints(property.Path)
                || !property.Path.LastWritten.SequenceEqual("status"))
                continue;
            var name = property.Path.Segments[1];

            // The refresh of a lease is a program's doing and no sign of a person; each write of the input is one.
            var input = VersionClock.TimeOf(OfEndpoint(properties, name, "input")?.Version ?? 0);
            endpoints.Add(new EndpointPresence(
                name,
                property.Value.Text,
                priorities.GetValueOrDefault(name),
                property.ChangedAt > input ? property.ChangedAt : input));
        }

        return endpoints;
    }

    /// <summary>Null also if the name leaves no room in a path for this property.</summary>
    private static Property? OfEndpoint(NodeProperties properties, string endpoint, string name) =>
        StandardPaths.Endpoints.Append(endpoint).TryAppend(name, out var path, out _) ? properties[path] : null;

    /// <summary>One recomposition in progress; collects what changes.</summary>
    private sealed class Step(PresenceView before, NodeProperties properties, DateTimeOffset now, string? why)
    {
        private readonly ImmutableArray<PropertyDelta>.Builder _deltas = ImmutableArray.CreateBuilder<PropertyDelta>();
        private ImmutableDictionary<PropertyPath, Property> _shown = before.Shown;
        private long _version = properties.Version;

        /// <summary>Shows what the user wrote if anything is written, else what was composed, else nothing.</summary>
        public void Show(PropertyPath path, Property? written, PropertyValue? composed)
        {
            var old = _shown.GetValueOrDefault(path);
            var value = written?.Value ?? composed;
            if (value is null)
            {
                Hide(path, old);
                return;
            }

            var changed = old is null || !old.Value.Equals(value);
            if (written is null && !changed)
            {
                // The value stays and only its lease, if it had one, is over.
                if (old is not { LeaseEnds: null, Default: null })
                    _shown = _shown.SetItem(path, old! with { LeaseEnds = null, Default = null });
                return;
            }

            var next = written ?? new Property(path, value, _version = VersionClock.Next(_version, now), now);
            _shown = _shown.SetItem(path, next);
            if (changed)
                _deltas.Add(new PropertyDelta(path, next, next.Version, next.ChangedAt, why));
        }

        public ViewOutcome Finish(DateTimeOffset? reviewAt) => new(
            new PresenceView(_shown, reviewAt), properties with { Version = _version }, _deltas.ToImmutable());

        private void Hide(PropertyPath path, Property? old)
        {
            if (old is null)
                return;
            _version = VersionClock.Next(_version, now);
            _shown = _shown.Remove(path);
            _deltas.Add(new PropertyDelta(path, null, _version, now, why));
        }
    }
}

/// <summary>The next view, the properties with their clock moved on, and what changed at user level.</summary>
public readonly record struct ViewOutcome(
    PresenceView View, NodeProperties Properties, ImmutableArray<PropertyDelta> Deltas);
