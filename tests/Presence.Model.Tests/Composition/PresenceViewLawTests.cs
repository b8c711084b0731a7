using FsCheck;
using FsCheck.Fluent;
using Presence.Model.Tests.Properties;

namespace Presence.Model.Tests.Composition;

/// <summary>Laws of what a user shows, for every history of endpoints that come, speak, fall silent and go.</summary>
public sealed class PresenceViewLawTests
{
    private static readonly Gen<Step> AnyStep = Gen.Frequency(
        (6, from path in Gen.Elements("ep/desk/status", "ep/phone/status", "ep/tv/status", "status")
            from token in Gen.Elements("online", "away", "dnd", "offline", "x-lunch")
            from lease in Gen.Elements<int?>(null, 60, 600)
            select new Step($"set {path}={token} lease={lease}", person => person.Write(Node.Set(path, token, lease)))),
        (3, from path in Gen.Elements("ep/desk/note", "ep/phone/note", "note", "place", "ep/tv/place", "ep/desk/input", "ep/desk/caps", "caps")
            from text in Gen.Elements("", "one", "two")
            select new Step($"set {path}={text}", person => person.Write(Node.Set(path, text)))),
        (2, from path in Gen.Elements("status", "note", "place", "ep/desk/status", "ep/desk/note")
            select new Step($"delete {path}", person => person.Write(Node.Delete(path)))),
        (1, from endpoint in Gen.Elements("desk", "phone")
            select new Step($"lose {endpoint}", person => person.Lose(endpoint))),
        (3, from seconds in Gen.Choose(-10, 200)
            select new Step($"wait {seconds}", person => person.Wait(TimeSpan.FromSeconds(seconds)))));

    [Fact]
    [Trait("Conformance", "PRP-04")]
    public void What_watchers_are_told_of_a_property_rises_in_version()
    {
        var last = new Dictionary<string, long>(StringComparer.Ordinal);
        Hold(
            last.Clear,
            person => person.Deltas.All(delta =>
            {
                var before = last.GetValueOrDefault(delta.Path.ToString());
                last[delta.Path.ToString()] = delta.Version;
                return delta.Version > before && delta.Version <= person.Properties.Version;
            }));
    }

    [Fact]
    public void Who_follows_the_deltas_knows_what_is_shown()
    {
        var followed = new Dictionary<string, string?>(StringComparer.Ordinal);
        Hold(
            () =>
            {
                followed.Clear();
                followed["status"] = "offline";
            },
            person =>
            {
                foreach (var delta in person.Deltas)
                {
                    if (delta.Now is { } now)
                        followed[delta.Path.ToString()] = now.Value.Text;
                    else
                        followed.Remove(delta.Path.ToString());
                }

                return person.View.Shown.Count == followed.Count && person.View.Shown.Values.All(shown =>
                    followed.TryGetValue(shown.Path.ToString(), out var text) && text == shown.Value.Text);
            });
    }

    [Fact]
    public void What_the_user_wrote_is_what_is_shown() => Hold(
        () => { },
        person => new[] { "status", "note", "activity", "place" }.All(path =>
            person.Properties[Node.Path(path)] is not { } written || written.Equals(person.Shown(path))));

    [Fact]
    public void A_lease_that_is_shown_is_one_that_runs() => Hold(
        () => { },
        person => person.View.Shown.Values.All(shown =>
            shown.LeaseEnds is null || person.Properties[shown.Path]?.LeaseEnds == shown.LeaseEnds));

    private static void Hold(Action begin, Func<Person, bool> law) =>
        Prop.ForAll(AnyStep.ListOf().ToArbitrary(), steps =>
        {
            begin();
            var person = new Person();
            person.Prefer("phone", 5);
            person.Prefer("tv", -1);
            foreach (var step in steps)
            {
                step.Do(person);
                if (!law(person))
                    return false;
            }

            return true;
        }).Check(Laws.Seeded);

    private sealed record Step(string Name, Action<Person> Do)
    {
        public override string ToString() => Name;
    }
}
