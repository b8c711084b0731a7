using Microsoft.Extensions.Logging;
using Presence.Contracts;
using Presence.Contracts.Groups;
using Presence.Contracts.Routes;
using Presence.Contracts.Users;
using Presence.Model.Addresses;
using Presence.Model.Groups;
using Presence.Model.Messages;
using Presence.Model.Replies;

namespace Presence.Grains.Groups;

/// <content>Messages, and who sees the members.</content>
internal sealed partial class GroupGrain
{
    /// <summary>Above so many members nobody gets receipts: they would be more than the messages.</summary>
    private const int MaxReceipts = 20;

    public async Task<Refusal?> Post(InstantMessage message)
    {
        var isCovered = await _covered.Covers(_policy.Rule, message.From);
        if (_state.CheckSender(message.From, _policy, isCovered) is { } refusal)
            return refusal;
        var key = new MessageKey(message.From, message.Id);
        if (_posts.IsKnown(key))
            return null;
        if (await _covered.List(_policy.Rule, _clock.Now) is not { } covered)
            return Refusal.TooMany;

        var recipients = Recipients(message, covered);
        var copy = message with
        {
            Place = new Place(_self),
            Wants = recipients.Count >= MaxReceipts ? ReceiptWishes.None : message.Wants,
        };
        if (!_fanout.TryPost(new MessageNotice(copy, IsRequest: false), _abroad.ByDomain(recipients)))
            return Refusal.Overloaded;
        _posts.Add(key, _clock.Now);
        return null;
    }

    public async Task<MembersAnswer> ListMembers(MembersRequest request)
    {
        var isCovered = await _covered.Covers(_policy.Rule, request.Asker);
        var sight = _state.SightOf(request.Asker, _policy, isCovered);
        if (sight == ListSight.Nothing)
            return MembersAnswer.Refused(Refusal.Forbidden);
        if (sight == ListSight.Count)
            return new MembersAnswer(null, _state.Members.Count, null);
        var all = _state.Members.Values.Select(m => new ListedMember(m.Who, GroupStanding.Member, m.Role));
        if (_state.IsModerator(request.Asker))
            all = all.Concat(Waiting()).OrderBy(item => item.Who);
        return new MembersAnswer(
            null,
            _state.Members.Count,
            [.. all.Where(item => request.After is not { } after || item.Who.CompareTo(after) > 0).Take(request.Max)]);
    }

    private IEnumerable<ListedMember> Waiting() =>
        _state.Requests.Values.Select(r => new ListedMember(
                r.Who, r.IsDenied ? GroupStanding.Denied : GroupStanding.Pending, null))
            .Concat(_state.Invited.Select(who => new ListedMember(who, GroupStanding.Invited, null)))
            .Concat(_state.Banned.Select(who => new ListedMember(who, GroupStanding.Banned, null)));

    private List<Address> Recipients(InstantMessage message, IReadOnlyCollection<Address> covered)
    {
        var recipients = _state.Recipients(message.From, NameOf(message)).ToList();
        recipients.AddRange(covered.Where(who =>
            !who.Equals(message.From) && !_state.Members.ContainsKey(who) && !_state.Banned.Contains(who)));
        return recipients;
    }

    private static ClassPattern? NameOf(InstantMessage message) =>
        ClassPattern.TryParse(message.Class, out var known) ? known : null;

    private async Task Deliver(Address who, SessionNotice notice)
    {
        try
        {
            if (notice is MessageNotice copies && who.IsDomain)
                await _abroad.Send(copies.Message, _state.Recipients(copies.Message.From, NameOf(copies.Message)), who.Domain);
            else if (notice is MemberNotice news && _abroad.Has(who))
                await _abroad.Tell(news, who);
            else if (notice is MessageNotice message)
                await GrainFactory.GetUser(who).ReceiveFromGroup(message.Message);
            else if (notice is MemberNotice member)
                await GrainFactory.GetUser(who).TakeMemberNotice(member);
        }
        catch (Exception exception)
        {
            // The edge: one member whose grain fails must not keep the others from their copies.
            LogUndelivered(_logger, _self.ToString(), who.ToString(), exception);
        }
    }

    [LoggerMessage(3010, LogLevel.Warning, "A copy of group {Group} did not reach {Member}.")]
    private static partial void LogUndelivered(ILogger logger, string group, string member, Exception exception);

    [LoggerMessage(3011, LogLevel.Warning, "Group {Group} was taken out of memory while messages were under way.")]
    private static partial void LogCut(ILogger logger, string group);
}
