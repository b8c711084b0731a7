using System.Collections.Immutable;
using Presence.Contracts;
using Presence.Contracts.Users;
using Presence.Model.Access;
using Presence.Model.Addresses;
using Presence.Model.Groups;
using Presence.Model.Properties;
using Presence.Model.Replies;

namespace Presence.Grains.Users;

/// <content>What the owner decides about others.</content>
internal sealed partial class UserGrain
{
    public async Task<WriteAnswer> Approve(ApprovalRequest request) => _node.IsGroup && request.Rights is null
        ? Decided(await Group.Approve(request.Asker, request.Who))
        : await Decide(request.Asker, request.Path, request.Who, version =>
            Approval.Grant(_node.Access, request.Who, request.Path, request.Rights, version));

    public async Task<WriteAnswer> Deny(DenialRequest request)
    {
        if (_node.IsGroup)
            return Decided(await Group.Deny(request.Asker, request.Who, request.IsExplicit));
        var answer = await Decide(request.Asker, request.Path, request.Who, version =>
            Approval.Withdraw(_node.Access, request.Who, request.Path, request.IsExplicit, version));
        if (answer.Refusal is null)
            await _messages.Requests.TurnAway(request.Who);
        KeepWhileNeeded();
        return answer;
    }

    public async Task<AccessListAnswer> GetAccess(Address asker, PropertyPath path)
    {
        if (await RefuseAdministration(asker, path) is { } refusal)
            return AccessListAnswer.Refused(refusal);
        var list = _node.Access.ListFor(path);
        return new AccessListAnswer(null, VersionOf(list), _node.Access.PlaceOf(path), [.. list.Entries.Select(AccessLine.Of)]);
    }

    public async Task<WriteAnswer> SetAccess(AccessListRequest request)
    {
        if (await RefuseAdministration(request.Asker, request.Path) is { } refusal)
            return WriteAnswer.Refused(refusal);
        var current = VersionOf(_node.Access.ListFor(request.Path));
        if (request.OnlyIf is { } expected && expected != current)
            return WriteAnswer.Refused(Refusal.VersionMismatch(current));
        var isNew = request.Lines.Length > 0 && !_node.Access.Lists.ContainsKey(request.Path);
        if (request.Lines.Length > AccessRules.MaxEntries || (isNew && _node.Access.Lists.Count >= AccessRules.MaxLists))
            return WriteAnswer.Refused(Refusal.TooMany);
        var entries = request.Lines.Select(line => line.ToEntry()).ToList();
        return entries.Contains(null)
            ? WriteAnswer.Refused(Refusal.BadRequest)
            : await Commit(version => _node.Access.WithList(request.Path, new AccessList([.. entries!], version)));
    }

    public async Task<WriteAnswer> Block(BlockRequest request)
    {
        if (!Principal.TryParse(request.Who, out var who))
            return WriteAnswer.Refused(Refusal.BadParameter("who"));
        if (_node.IsGroup)
            return await BlockMember(request);
        if (await RefuseAdministration(request.Asker, PropertyPath.Root) is { } refusal)
            return WriteAnswer.Refused(refusal);
        if (_node.Access.Persons.Entries.Length >= AccessRules.MaxEntries)
            return WriteAnswer.Refused(Refusal.TooMany);
        return await Commit(version => _node.Access with
        {
            Persons = _node.Access.Persons.With(
                new PersonEntry(
                    PersonEffect.Block, who, request.IsExplicit, request.Scope,
                    request.IsExplicit ? version : _node.Access.Persons.PoliteSince(who, request.Scope, version)),
                version),
        });
    }

    public async Task<WriteAnswer> Unblock(Address asker, string who) => _node.IsGroup
        ? await UnblockMember(asker, who)
        : await Change(asker, who, (persons, principal, version) =>
            persons.Without(PersonEffect.Block, principal, version));

    public Task<WriteAnswer> Allow(Address asker, string who) => Change(asker, who, (persons, principal, version) =>
        persons.Entries.Length >= AccessRules.MaxEntries ? null : persons
            .Without(PersonEffect.Dropped, principal, version)
            .With(new PersonEntry(PersonEffect.Allow, principal, IsExplicit: false, Rights.All, version), version));

    /// <summary>Whom the mode "only" stops serving keeps what he has seen until now.</summary>
    public Task<WriteAnswer> Unallow(Address asker, string who) => Change(asker, who, (persons, principal, version) =>
    {
        var left = persons.Without(PersonEffect.Allow, principal, version);
        return left.Entries.Length == persons.Entries.Length || !_node.Access.Mode.IsOnly
            ? left
            : left.With(new PersonEntry(PersonEffect.Dropped, principal, IsExplicit: false, Rights.All, version), version);
    });

    public async Task<PersonListAnswer> GetLists(Address asker) =>
        await RefuseAdministration(asker, StandardPaths.Lists) is { } refusal
            ? PersonListAnswer.Refused(refusal)
            : new PersonListAnswer(
                null,
                _node.Access.Mode.Word,
                _node.Access.Persons.Version,
                [
                    .. _node.Access.Persons.Entries.Where(e => e.Effect != PersonEffect.Dropped).Select(PersonLine.Of),
                ]);

    public async Task<ImmutableArray<ExplainedLine>> Explain(Address person)
    {
        var asker = await Identify(person);
        if (Missing(asker) is not null)
            return [];
        var subscriptions = await _subscriptions.List(person);
        return
        [
            .. UserExplanation.OfAccess(_node, asker),
            .. subscriptions.Select(UserExplanation.Of),
            .. UserExplanation.OfPresence(_node, asker, _endpoints.Priorities),
        ];
    }

    private async Task<WriteAnswer> Change(
        Address asker, string text, Func<PersonList, Principal, long, PersonList?> how)
    {
        if (!Principal.TryParse(text, out var who))
            return WriteAnswer.Refused(Refusal.BadParameter("who"));
        if (await RefuseAdministration(asker, PropertyPath.Root) is { } refusal)
            return WriteAnswer.Refused(refusal);
        var version = NextVersion();
        return how(_node.Access.Persons, who, version) is { } persons
            ? await Commit(_ => _node.Access with { Persons = persons })
            : WriteAnswer.Refused(Refusal.TooMany);
    }

    private async Task<WriteAnswer> Decide(Address asker, PropertyPath path, Address about, Func<long, NodeAccess> how) =>
        await RefuseAdministration(asker, path) is { } refusal ? WriteAnswer.Refused(refusal) : await Commit(how, about);

    private async Task<Refusal?> RefuseAdministration(Address person, PropertyPath path)
    {
        var asker = await Identify(person);
        if (Missing(asker) is { } missing)
            return missing;
        return _node.Judge(asker, Rights.Administer, path).IsAllowed ? null : Refusal.Forbidden;
    }

    /// <summary>
    /// Stores another access first, then lets every subscription and every held message follow it; the subscriptions of
    /// <paramref name="about"/> only, if it concerns nobody else.
    /// </summary>
    private async Task<WriteAnswer> Commit(Func<long, NodeAccess> how, Address? about = null)
    {
        var version = NextVersion();
        var access = how(version);
        var past = _node.PastAfter(access, _node.Properties, _clock.Now);
        await _store.Write(_node.Properties, access, past);
        _node.Replace(access, past);
        _node.Replace(_node.Properties with { Version = Math.Max(version, past.Newest) }, _node.View);
        await _watchers.Review(person => Identify(person), _clock.Now, about);
        await _messages.ReviewRequests(_clock.Now);
        KeepWhileNeeded();
        _alarm.WakeBy(_messages.NextExpiry);
        return new WriteAnswer(null, version);
    }

    private long NextVersion() => VersionClock.Next(_node.Properties.Version, _clock.Now);

    /// <summary>A list that nobody wrote is as old as the node.</summary>
    private long VersionOf(AccessList list) =>
        list.Version != 0 ? list.Version : _node.Properties[StandardPaths.Kind]?.Version ?? 0;

    /// <summary>
    /// All that a decision about this person may depend on: memberships are asked for anew each time, so that a
    /// principal follows them at once. Owners of a group stand to it as a user to his own node.
    /// </summary>
    private async ValueTask<Asker> Identify(Address? person)
    {
        if (person is not { } known)
            return Asker.Anonymous;
        if (_node.IsGroup && await Group.RoleOf(known) == GroupRole.Owner)
            return Asker.Of(_node.Self);
        var groups = ImmutableHashSet<Address>.Empty;
        foreach (var group in _node.NamedGroups.Where(g => g.Domain.Equals(_node.Self.Domain)))
        {
            if (await GrainFactory.GetGroup(group).IsMember(known))
                groups = groups.Add(group);
        }

        return groups.IsEmpty ? Asker.Of(known) : Asker.Of(known) with { Groups = groups };
    }
}
