using FsCheck;
using FsCheck.Fluent;
using Presence.Model.Access;
using Presence.Model.Addresses;
using Presence.Model.Tests.Properties;
using static Presence.Model.Tests.Access.Entries;

namespace Presence.Model.Tests.Access;

/// <summary>Laws of access for every list, tried on every asker, right and path of a small world.</summary>
public sealed class AccessListLawTests
{
    private static readonly Address[] Askers =
        [.. new[] { "bob@b.example", "carol@b.example", "dan@c.example", "b.example" }.Select(Address.Parse)];

    private static readonly Principal[] Principals =
    [
        Principal.Everyone, Principal.UsersOf(Domain.Parse("b.example")), Principal.UsersOf(Domain.Parse("c.example")),
        Principal.Person(Askers[0]), Principal.Person(Askers[1]), Principal.Person(Askers[2]),
    ];

    private static readonly Rights[] Single = [.. Enum.GetValues<Rights>().Where(right => int.PopCount((int)right) == 1)];

    private static readonly PropertyPath[] Paths =
        [.. new[] { "", "status", "status/x", "note", "inbox", "contacts", "ep/desk/status" }.Select(PropertyPath.Parse)];

    private static readonly Gen<Scope> AnyScope = Gen.OneOf(
        Gen.Constant(Scope.Everything), Gen.Constant(Scope.PresenceBundle), Gen.Elements(Paths).Select(Scope.Below));

    private static readonly Gen<AccessEntry> AnyEntry =
        from effect in Gen.Elements(Enum.GetValues<Effect>())
        from principal in Gen.Elements(Principals)
        from rights in Gen.Choose(1, 255)
        from scope in AnyScope
        select new AccessEntry(effect, principal, (Rights)rights, scope);

    private static readonly Gen<AccessList> AnyList = AnyEntry.ListOf().Select(entries => new AccessList([.. entries]));

    private static readonly IEnumerable<(Address Asker, Rights Right, PropertyPath Path)> Questions =
        from asker in Askers from right in Single from path in Paths select (asker, right, path);

    [Fact]
    [Trait("Conformance", "ACL-02")]
    public void Adding_a_denial_never_widens_any_right() => Hold(
        from list in AnyList from entry in AnyEntry select (list, entry),
        pair =>
        {
            var narrower = pair.list.With(pair.entry with { Effect = Effect.Deny });
            return Questions.All(q =>
                Strictness(narrower.Decide(q.Asker, q.Right, q.Path))
                >= Strictness(pair.list.Decide(q.Asker, q.Right, q.Path)));
        });

    [Fact]
    [Trait("Conformance", "ACL-02")]
    public void The_order_of_entries_does_not_matter() => Hold(
        AnyList,
        list =>
        {
            var reversed = new AccessList([.. list.Entries.Reverse()]);
            return Questions.All(q =>
                reversed.Decide(q.Asker, q.Right, q.Path) == list.Decide(q.Asker, q.Right, q.Path));
        });

    [Fact]
    [Trait("Conformance", "ACL-04")]
    public void An_entry_changes_nothing_outside_its_path_its_rights_and_its_principal() => Hold(
        from list in AnyList from entry in AnyEntry select (list, entry),
        pair =>
        {
            var after = pair.list.With(pair.entry);
            return Questions
                .Where(q => !pair.entry.Scope.Covers(q.Path) || !pair.entry.Rights.HasFlag(q.Right)
                    || !pair.entry.Principal.Matches(Asker.Of(q.Asker)))
                .All(q => after.Decide(q.Asker, q.Right, q.Path) == pair.list.Decide(q.Asker, q.Right, q.Path));
        });

    [Fact]
    [Trait("Conformance", "ACL-03")]
    public void Approval_opens_what_it_names_and_nothing_for_anybody_else() => Hold(
        AnyList,
        list =>
        {
            var after = Grant(list, Askers[0], PropertyPath.Root, null);
            return Questions.All(q =>
            {
                var isNamed = q.Asker.Equals(Askers[0])
                    && ((q.Right is Rights.Read or Rights.Subscribe && Scope.PresenceBundle.Covers(q.Path))
                        || q.Right is Rights.Send or Rights.Invite);
                var decided = after.Decide(q.Asker, q.Right, q.Path);
                return isNamed
                    ? decided == Effect.Allow
                    : q.Asker.Equals(Askers[0]) || decided == list.Decide(q.Asker, q.Right, q.Path);
            });
        });

    [Fact]
    public void Approval_of_rights_opens_them_and_leaves_all_other_rights_alone() => Hold(
        from list in AnyList from rights in Gen.Choose(1, 255) from path in Gen.Elements(Paths)
        select (list, rights: (Rights)rights, path),
        asked =>
        {
            var after = Grant(asked.list, Askers[0], asked.path, asked.rights);
            return Questions.Where(q => q.Asker.Equals(Askers[0])).All(q =>
                !asked.rights.HasFlag(q.Right)
                    ? after.Decide(q.Asker, q.Right, q.Path) == asked.list.Decide(q.Asker, q.Right, q.Path)
                    : !q.Path.StartsWith(asked.path) || after.Decide(q.Asker, q.Right, q.Path) == Effect.Allow);
        });

    [Fact]
    public void An_explicit_denial_leaves_a_person_with_nothing_granted_by_name() => Hold(
        AnyList,
        list => !Withdraw(list, Askers[0]).Entries
            .Any(entry => entry.Effect == Effect.Allow && entry.Principal == Principal.Person(Askers[0])));

    /// <summary>A view of the past is more than a request that waits, which is more than nothing.</summary>
    private static int Strictness(Effect effect) => effect switch
    {
        Effect.Allow => 0,
        Effect.Polite => 1,
        Effect.Ask => 2,
        _ => 3,
    };

    private static void Hold<T>(Gen<T> gen, Func<T, bool> law) =>
        Prop.ForAll(gen.ToArbitrary(), law).Check(Laws.Seeded);
}
