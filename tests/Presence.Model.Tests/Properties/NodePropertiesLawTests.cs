using FsCheck;
using FsCheck.Fluent;
using Presence.Model.Properties;

namespace Presence.Model.Tests.Properties;

/// <summary>Laws of a node that hold for every history: writes, deletions, leases, lost endpoints, a clock that steps.</summary>
public sealed class NodePropertiesLawTests
{
    private static readonly string[] Paths = ["note", "status", "mood", "ep/desk/status", "ep/desk/note", "ep/phone/status"];
    private static readonly string[] Words = ["online", "away", "dnd"];

    private static readonly Gen<Event> AnyEvent =
        from kind in Gen.Frequency((6, Gen.Constant(0)), (2, Gen.Constant(1)), (1, Gen.Constant(2)), (1, Gen.Constant(3)))
        from path in Gen.Elements(Paths)
        from word in Gen.Elements(Words)
        from lease in Gen.Elements<int?>(null, 30, 60, 86_400)
        from then in Gen.Elements(null, "away", "offline")
        from step in Gen.Choose(-20_000, 40_000)
        select new Event(kind, path, word, lease, then, step);

    [Fact]
    [Trait("Conformance", "PRP-04")]
    public void Versions_rise_strictly_for_each_property_also_across_deletion_and_clock_steps() => Hold((before, outcome) =>
    {
        var last = before.Version;
        foreach (var delta in outcome.Deltas)
        {
            if (delta.Version <= last || (delta.Now is { } now && now.Version != delta.Version))
                return false;
            last = delta.Version;
        }

        return outcome.Properties.Version >= last
            && outcome.Properties.All.Values.All(p => p.Version <= outcome.Properties.Version);
    });

    [Fact]
    public void Who_follows_the_deltas_knows_the_values() => Hold((before, outcome) =>
    {
        var followed = before.All.ToDictionary(pair => pair.Key, pair => pair.Value.Value);
        foreach (var delta in outcome.Deltas)
        {
            if (delta.Now is { } now)
                followed[delta.Path] = now.Value;
            else if (!followed.Remove(delta.Path))
                return false;
        }

        return outcome.Properties.All.Count == followed.Count
            && outcome.Properties.All.Values.All(p => p.Value.Equals(followed.GetValueOrDefault(p.Path)));
    });

    [Fact]
    [Trait("Conformance", "PRP-06")]
    public void Nobody_is_told_what_he_knows() => Hold((before, outcome) =>
        outcome.Deltas.All(d => d.Why is "lease" || d.Now is null || before[d.Path]?.Value.Equals(d.Now.Value) != true));

    [Fact]
    [Trait("Conformance", "PRP-05")]
    public void What_a_lease_ended_does_not_end_again() => Hold((_, outcome) =>
    {
        var late = Node.Noon.AddYears(1);
        var ended = outcome.Properties.EndLeases(late);
        return ended.Properties.NextLeaseEnd is null && ended.Properties.EndLeases(late).Deltas.IsEmpty
            && ended.Deltas.Length == outcome.Properties.All.Values.Count(p => p.LeaseEnds is not null);
    });

    private static void Hold(Func<NodeProperties, PropertyOutcome, bool> law) =>
        Prop.ForAll(AnyEvent.ListOf().ToArbitrary(), events =>
        {
            var (node, now) = (NodeProperties.Empty, Node.Noon);
            foreach (var @event in events)
            {
                now = now.AddMilliseconds(@event.Step);
                var outcome = @event.Happen(node, now);
                if (outcome.Refusal is not null || !law(node, outcome))
                    return false;
                node = outcome.Properties;
            }

            return true;
        }).Check(Laws.Seeded);

    private sealed record Event(int Kind, string Path, string Word, int? Lease, string? Then, int Step)
    {
        public PropertyOutcome Happen(NodeProperties node, DateTimeOffset now) => Kind switch
        {
            0 => node.Apply(now, Node.Set(Path, Word, Lease, Then)),
            1 => node.Apply(now, Node.Delete(Path)),
            2 => node.EndLeases(now),
            _ => node.ForgetEndpoint("desk", now),
        };
    }
}
