using System.Collections.Immutable;
using System.Globalization;
using Presence.Contracts;
using Presence.Contracts.Groups;
using Presence.Contracts.Routes;
using Presence.Contracts.Users;
using Presence.Grains.Groups;
using Presence.Model.Access;
using Presence.Model.Addresses;
using Presence.Model.Groups;
using Presence.Model.Messages;
using Presence.Model.Properties;
using Presence.Model.Replies;

namespace Presence.Grains.Users;

/// <content>Nodes that are no users, and what a user hears of groups.</content>
internal sealed partial class UserGrain
{
    /// <summary>Groups do not nest: a message that came through one goes to people only.</summary>
    private bool IsPerson => _node.Exists && _node.Kind == NodeKinds.User;

    private IGroupGrain Group => GrainFactory.GetGroup(_node.Self);

    public async Task<WriteAnswer> CreateNode(NodeCreation creation)
    {
        if (!creation.Asker.Domain.Equals(_node.Self.Domain) || _node.Self.IsDomain
            || GroupRules.Create == CreationPolicy.Nobody || ReservedNames.Contains(_node.Self.Local))
            return WriteAnswer.Refused(Refusal.Forbidden);
        if (_node.Exists)
            return WriteAnswer.Refused(Refusal.Conflict);
        if (creation.Kind == NodeKinds.Group && GroupSettings.FirstFault(creation.Changes) is { } fault)
            return WriteAnswer.Refused(Refusal.BadParameter(fault));
        var draft = NodeStore.Draft(_clock.Now, creation.Kind, creation.Asker);
        var changes = creation.Kind == NodeKinds.Group
            ? GroupSettings.WithDefaults(creation.Changes, AccessRules.Profile)
            : creation.Changes;
        var outcome = draft.ToProperties().Apply(changes, null, _clock.Now, Options.Properties);
        if (outcome.Refusal is { } refusal)
            return WriteAnswer.Refused(refusal);
        if (await GrainFactory.GetMemberships(creation.Asker).NoteOwn(_node.Self) is { } tooMany)
            return WriteAnswer.Refused(tooMany);

        // The node last: while it is not there nobody reaches what stands behind it, and the same can be tried again.
        if (creation.Kind == NodeKinds.Group)
            await Group.Found(creation.Asker, GroupSettings.Read(outcome.Properties));
        await _store.Create(draft.With(outcome.Properties, _node.Access, _node.Past), _clock.Now);
        Show(_node.Properties, null);
        return new WriteAnswer(null, _node.Properties.Version);
    }

    public async Task<Refusal?> Destroy(Address asker, long? onlyIf)
    {
        var destroyer = await Identify(asker);
        if (Missing(destroyer) is { } missing)
            return missing;
        if (_node.Kind == NodeKinds.User)
            return Refusal.NotAllowed;
        if (!_node.Access.IsOwner(destroyer))
            return Refusal.Forbidden;
        if (onlyIf is { } expected && expected != _node.Properties.Version)
            return Refusal.VersionMismatch(_node.Properties.Version);
        await RemoveNode(asker);
        return null;
    }

    public async Task<JoinAnswer> Join(JoinRequest request) =>
        (NoGroup(request.Asker) ?? await RefuseRight(request.Asker, Rights.Join)) is { } refusal
            ? JoinAnswer.Refused(refusal)
            : await Group.Join(request);

    public async Task<Refusal?> Leave(Address asker, Address who) => NoGroup(asker) ?? await Group.Leave(asker, who);

    public async Task<MembersAnswer> ListMembers(MembersRequest request)
    {
        if (NoGroup(request.Asker) is { } refusal)
            return MembersAnswer.Refused(refusal);
        return await Group.ListMembers(request) with { Version = _node.Properties.Version };
    }

    public async Task Lose(Address who)
    {
        if (_node.Kind != NodeKinds.User && _node.Exists
            && (_node.IsGroup ? !await Group.Lose(who) : who.Equals(_node.Maker)))
            await RemoveNode(who);
    }

    public async Task<ExpectedCopy> ExpectFromGroup(InstantMessage message)
    {
        if (!IsPerson)
            return ExpectedCopy.None;
        var expected = _messages.Groups.Expect(message, await Identify(message.From), _clock.Now);
        _alarm.WakeBy(message.Expires);
        OpenWindow();
        return expected;
    }

    public async Task<Refusal?> ReceiveFromGroup(InstantMessage message)
    {
        if (!IsPerson)
            return Refusal.NotAllowed;
        var refusal = await _messages.Groups.Receive(message, await Identify(message.From), _clock.Now);
        _alarm.WakeBy(message.Expires);
        return refusal;
    }

    public Task UntakenFromGroup(MessageKey message, ImmutableArray<string> sessions, bool isTakenBack) =>
        _messages.Groups.Untaken(message, sessions, isTakenBack);

    public Task TakeMemberNotice(MemberNotice notice) => _endpoints.DeliverToAll(notice);

    private async Task<ReadAnswer> ReadMemberCount(Address asker)
    {
        var list = await Group.ListMembers(new MembersRequest(asker, 1, null));
        if (list.Refusal is { } refusal)
            return ReadAnswer.Refused(refusal);
        var count = PropertyValue.OfText(list.Count.ToString(CultureInfo.InvariantCulture));
        return new ReadAnswer(
            null, false, [new Property(StandardPaths.MemberCount, count, _node.Properties.Version, _clock.Now)]);
    }

    private async Task<Refusal?> Post(InstantMessage message) =>
        await RefuseRight(message.From, Rights.Send) ?? await Group.Post(message);

    /// <summary>The policy of the group decides, unless an entry of its access list denies the right.</summary>
    private async Task<Refusal?> RefuseRight(Address asker, Rights right) =>
        _node.Access.ListFor(PropertyPath.Root).Find(await Identify(asker), right, PropertyPath.Root)
            is Effect.Deny or Effect.Polite
            ? Refusal.Forbidden
            : null;

    /// <summary>BLOCK on a group is always explicit: a ban, or with scope send a muting.</summary>
    private async Task<WriteAnswer> BlockMember(BlockRequest request)
    {
        if (!Address.TryParse(request.Who, out var who, out _) || who.IsDomain)
            return WriteAnswer.Refused(Refusal.BadParameter("who"));
        return Decided(request.Scope == Rights.Send
            ? (await Group.Join(new JoinRequest(request.Asker, who, GroupRole.Muted, null))).Refusal
            : await Group.Ban(request.Asker, who));
    }

    private async Task<WriteAnswer> UnblockMember(Address asker, string text)
    {
        if (!Address.TryParse(text, out var who, out _) || who.IsDomain)
            return WriteAnswer.Refused(Refusal.BadParameter("who"));
        return Decided(await Group.RoleOf(who) == GroupRole.Muted
            ? (await Group.Join(new JoinRequest(asker, who, GroupRole.Member, null))).Refusal
            : await Group.Unban(asker, who));
    }

    /// <summary>What APPROVE and DENY without rights decide at a group: who becomes a member.</summary>
    private WriteAnswer Decided(Refusal? refusal)
    {
        if (refusal is not null)
            return WriteAnswer.Refused(refusal);
        var version = NextVersion();
        _node.Replace(_node.Properties with { Version = version }, _node.View);
        return new WriteAnswer(null, version);
    }

    /// <summary>Why this is no group to the asker, or null; an unknown address answers outsiders as a user does.</summary>
    private Refusal? NoGroup(Address asker) =>
        _node.IsGroup ? null
        : _node.Exists || !_node.TellsAbsence(Asker.Of(asker)) ? Refusal.NotAllowed
        : Missing(Asker.Of(asker));

    private async Task RemoveNode(Address by)
    {
        if (_node.IsGroup)
            await Group.Close(by);
        if (_node.Maker is { } owner)
            await GrainFactory.GetMemberships(owner).Forget(_node.Self);
        await Remove();
    }
}
