using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Presence.Contracts;
using Presence.Contracts.Groups;
using Presence.Contracts.Nearby;
using Presence.Contracts.Routes;
using Presence.Grains.Metrics;
using Presence.Grains.Users;
using Presence.Model.Addresses;
using Presence.Model.Groups;
using Presence.Model.Replies;

namespace Presence.Grains.Groups;

internal sealed partial class GroupGrain : Grain, IGroupGrain
{
    private readonly IPersistentState<GroupRecord> _record;
    private readonly IOptions<GroupOptions> _options;
    private readonly PresenceClock _clock;
    private readonly Address _self;
    private readonly Fanout _fanout;
    private readonly RecentPosts _posts = new();
    private readonly CoveredUsers _covered;
    private readonly MembersAbroad _abroad;
    private readonly ILogger _logger;
    private GroupState _state = GroupState.Empty;
    private GroupPolicy _policy = GroupPolicy.Default;

    public GroupGrain(
        [PersistentState("group", PresenceGrainsExtensions.StorageName)] IPersistentState<GroupRecord> record,
        IOptions<GroupOptions> options,
        PresenceClock clock,
        GrainMetrics metrics,
        IHostedDomains domains,
        UserDesks desks,
        NearGateway near,
        ILogger<GroupGrain> logger)
    {
        _record = record;
        _options = options;
        _clock = clock;
        _logger = logger;
        _self = NodeKey.Parse(this.GetPrimaryKeyString());
        _abroad = new MembersAbroad(_self, domains, clock, GrainFactory, logger);
        _fanout = new Fanout(
            new GroupPost(_self.ToString(), GrainFactory, desks, near, logger, _abroad, Recipients),
            _options.Value.MaxUnderWay, metrics);
        _covered = new CoveredUsers(_self, _options.Value.MaxMembers, GrainFactory);
    }

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (_record.RecordExists)
            (_state, _policy) = (_record.State.ToState(), _record.State.ToPolicy());
        return Task.CompletedTask;
    }

    /// <summary>What was accepted is spread before the activation goes, as far as the silo leaves time for it.</summary>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        try
        {
            await _fanout.Idle().WaitAsync(cancellationToken);
            await _abroad.Idle().WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            LogCut(_logger, _self.ToString());
        }
    }

    public Task Found(Address owner, GroupPolicy policy) => Store(GroupState.Founded(owner, _clock.Now), policy);

    public Task SetPolicy(GroupPolicy policy) => Store(_state, policy);

    public Task<GroupRole?> RoleOf(Address who) => Task.FromResult(_state.RoleOf(who));

    public async Task<bool> IsMember(Address who) =>
        _state.RoleOf(who) is not null || (!_state.Banned.Contains(who) && await _covered.Covers(_policy.Rule, who));

    public Task<JoinAnswer> Join(JoinRequest request) => Take(
        _state.Join(request.ToWish(), _policy, _options.Value.Limits, _clock.Now), request.Asker);

    public async Task<Refusal?> Approve(Address asker, Address who) =>
        (await Take(_state.Approve(asker, who, _policy, _options.Value.Limits, _clock.Now), asker)).Refusal;

    public async Task<Refusal?> Deny(Address asker, Address who, bool isExplicit) =>
        (await Take(_state.Deny(asker, who, isExplicit), asker)).Refusal;

    public async Task<Refusal?> Leave(Address asker, Address who) =>
        (await Take(_state.Leave(asker, who), asker)).Refusal;

    public async Task<Refusal?> Ban(Address asker, Address who) =>
        (await Take(_state.Ban(asker, who, _options.Value.Limits), asker)).Refusal;

    public async Task<Refusal?> Unban(Address asker, Address who) =>
        (await Take(_state.Unban(asker, who), asker)).Refusal;

    public async Task<bool> Lose(Address who)
    {
        await _fanout.Forget(who);
        if (_state.Lose(who) is not { } next)
            return false;
        await Store(next, _policy);
        return true;
    }

    public async Task Close(Address by)
    {
        var members = _state.Members.Keys.ToList();
        foreach (var who in members)
            await _fanout.Forget(who);
        await Task.WhenAll(members.Select(who => GrainFactory.GetMemberships(who).Forget(_self)));
        await _record.ClearStateAsync();
        _state = GroupState.Empty;
        _posts.Clear();
        foreach (var who in members.Where(who => !who.Equals(by)))
            _fanout.Tell(new MemberNotice(_self, who, GroupStanding.Gone, null, _clock.Now), [who]);
        DeactivateOnIdle();
    }

    /// <summary>Makes a decision true: noted with the member, stored, then told.</summary>
    private async Task<JoinAnswer> Take(GroupOutcome outcome, Address actor)
    {
        if (outcome.Refusal is { } refusal)
            return JoinAnswer.Refused(refusal);
        var who = outcome.News?.Who ?? actor;
        var (was, isNow) = (_state.Members.ContainsKey(who), outcome.State.Members.ContainsKey(who));
        if (!was && isNow && await GrainFactory.GetMemberships(who).NoteGroup(_self) is { } tooMany)
            return JoinAnswer.Refused(tooMany);
        if (!ReferenceEquals(outcome.State, _state))
            await Store(outcome.State, _policy);
        if (was && !isNow)
        {
            await _fanout.Forget(who);
            await GrainFactory.GetMemberships(who).Forget(_self);
        }

        if (outcome.News is { } news)
            Tell(news, actor);
        return new JoinAnswer(null, outcome.Standing, outcome.Role);
    }

    /// <summary>Told to whom it happened and to those who look after the group; not to whoever did it.</summary>
    private void Tell(MemberNews news, Address actor)
    {
        var told = _state.Moderators.Append(news.Who).Where(who => !who.Equals(actor)).Distinct().ToList();
        _fanout.Tell(new MemberNotice(_self, news.Who, news.Standing, news.Role, _clock.Now), told);
    }

    /// <summary>What cannot be stored has not happened: the next activation reads what is true.</summary>
    private async Task Store(GroupState state, GroupPolicy policy)
    {
        var before = _record.State;
        try
        {
            _record.State = GroupRecord.Of(state, policy);
            await _record.WriteStateAsync();
        }
        catch
        {
            _record.State = before;
            DeactivateOnIdle();
            throw;
        }

        (_state, _policy) = (state, policy);
    }
}
