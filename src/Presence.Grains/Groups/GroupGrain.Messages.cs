using Microsoft.Extensions.Logging;
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

    /// <summary>Who hears what has no class, while the members are these: a list is read in a tenth of the time that their tree takes.</summary>
    private (GroupState? Members, List<Address> Who) _listeners = (null, []);

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

    private IEnumerable<Address> Recipients(InstantMessage message) => _state.Recipients(message.From, NameOf(message));

    private List<Address> Recipients(InstantMessage message, IReadOnlyCollection<Address> covered)
    {
        var recipients = NameOf(message) is null
            ? Listeners().FindAll(who => !who.Equals(message.From))
            : [.. Recipients(message)];
        recipients.AddRange(covered.Where(who =>
            !who.Equals(message.From) && !_state.Members.ContainsKey(who) && !_state.Banned.Contains(who)));
        return recipients;
    }

    private List<Address> Listeners()
    {
        if (!ReferenceEquals(_listeners.Members, _state))
            _listeners = (_state, [.. _state.Listeners(null)]);
        return _listeners.Who;
    }

    private static ClassPattern? NameOf(InstantMessage message) =>
        ClassPattern.TryParse(message.Class, out var known) ? known : null;

    [LoggerMessage(3011, LogLevel.Warning, "Group {Group} was taken out of memory while messages were under way.")]
    private static partial void LogCut(ILogger logger, string group);
}
