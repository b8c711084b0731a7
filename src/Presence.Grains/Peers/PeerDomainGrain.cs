using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Presence.Contracts;
using Presence.Contracts.Peers;
using Presence.Contracts.Routes;
using Presence.Grains.Alarms;
using Presence.Model.Addresses;
using Presence.Model.Messages;
using Presence.Model.Replies;

namespace Presence.Grains.Peers;

/// <content>What is asked of the other domain, and what becomes of it.</content>
[Reentrant]
internal sealed partial class PeerDomainGrain : Grain, IPeerDomainGrain, IAlarmed
{
    /// <summary>What was sent in time may be answered a little later.</summary>
    private static readonly TimeSpan AnswerGrace = TimeSpan.FromSeconds(10);

    private static readonly Refusal Timeout = new(504, "peer-timeout");

    private readonly IPersistentState<PeerDomainRecord> _record;
    private readonly PeerDomainOptions _options;
    private readonly PresenceClock _clock;
    private readonly GrainAlarm _alarm;
    private readonly DomainPair _pair;
    private readonly PeerQueue _queue;
    private readonly UnconfirmedMessages _unconfirmed;
    private readonly CallerBook _callers = new();
    private readonly ToldFailures _failed = new();

    public PeerDomainGrain(
        [PersistentState("peer", PresenceGrainsExtensions.StorageName)] IPersistentState<PeerDomainRecord> record,
        IOptions<PeerDomainOptions> options,
        PresenceClock clock,
        AlarmClock alarms)
    {
        _record = record;
        _options = options.Value;
        _clock = clock;
        _alarm = new GrainAlarm(alarms, OwnReference<IAlarmed>.Of(this, GrainFactory));
        _pair = DomainPair.Parse(this.GetPrimaryKeyString());
        _queue = new PeerQueue(_options.MaxWaiting, _options.MaxWaitingOctets);
        _unconfirmed = new UnconfirmedMessages(_options.MaxWaiting, _options.MaxWaitingOctets);
    }

    /// <summary>What is under way is in memory only, and so is who holds the link.</summary>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        DelayDeactivation(TimeSpan.FromDays(36500));
        if (_record.State.Mirrors.Count > 0)
            _alarm.WakeBy(_clock.Now);
        return Task.CompletedTask;
    }

    public async Task<SavedReply?> Ask(PeerRequest request)
    {
        // Who waits for an answer is told at once that there will be none; a message may wait for the next connection.
        if (_report is { Condition: LinkCondition.Down, Why: { } why } && request.Owed is null)
            return Saved(why);
        if (_queue.TryAdd(request) is not { } waiting)
            return Saved(Refusal.Overloaded);
        await Hand(waiting);
        var patience = request.Owed is null ? _options.AnswerTime
            : _report?.Condition == LinkCondition.Down ? TimeSpan.Zero
            : _options.AcceptTime;
        try
        {
            return await waiting.Answer.Task.WaitAsync(patience, _clock.Time);
        }
        catch (TimeoutException) when (request.Owed is not null)
        {
            waiting.IsLeft = true;
            return null;
        }
        catch (TimeoutException)
        {
            await GiveUp(waiting);
            return Saved(Timeout);
        }
    }

    public async Task<bool> Post(PeerRequest request)
    {
        NoteEnd(request);
        if (_queue.TryAdd(request) is not { } waiting)
            return false;
        waiting.IsLeft = true;
        await Hand(waiting);
        return true;
    }

    public async Task Answer(long number, SavedReply reply)
    {
        if (_queue.Remove(number) is not { } waiting)
            return;
        waiting.Answer.TrySetResult(reply);
        if (waiting.Request.Owed is not { } owed)
            return;
        if (waiting.IsLeft && reply.Code >= 300)
            await TellFailed(owed, reply.Code);
        else if (owed.IsWanted && reply.Code < 300)
            KeepUntilConfirmed(waiting.Request, owed);
    }

    public Task<bool> Confirm(Address sender, Address recipient, string messageId)
    {
        _unconfirmed.Confirm(sender, recipient, messageId);
        return Task.FromResult(!_failed.Contains(sender, recipient, messageId, _clock.Now));
    }

    public Task<string?> FindCaller(Address caller, string invitation) =>
        Task.FromResult(_callers.Find(caller, invitation, _clock.Now));

    public Task NoteCaller(
        Address caller, string invitation, string session, DateTimeOffset until)
    {
        _callers.Note(caller, invitation, session, until, _clock.Now);
        return Task.CompletedTask;
    }

    public async Task Ring()
    {
        _alarm.Rang();
        foreach (var waiting in _queue.Expired(_clock.Now))
        {
            if (_report?.Condition == LinkCondition.Up && waiting.MayBeAnswered(AnswerGrace))
                continue;
            await GiveUp(waiting);
            waiting.Answer.TrySetResult(Saved(Timeout));
            if (waiting is { IsLeft: true, Request.Owed: { } owed })
                await TellFailed(owed, Timeout.Code);
        }

        foreach (var lost in _unconfirmed.TakeLost(_clock.Now, SessionThatStands))
            await TellFailed(lost, Timeout.Code);
        _alarm.WakeBy(_queue.NextExpiry, _unconfirmed.NextExpiry);
        await ReviewLink();
        await ReviewMirrors();
    }

    private static SavedReply Saved(Refusal refusal) => new(
        0, refusal.Code, refusal.Reason,
        refusal.Parameter is { } name ? [new SavedParameter("param", name)] : [], null);

    private void KeepUntilConfirmed(PeerRequest request, OwedReceipt owed)
    {
        _unconfirmed.Add(request, owed, _report?.Session ?? 0);
        _alarm.WakeBy(request.Expires);
    }

    private async Task GiveUp(WaitingRequest waiting)
    {
        _queue.Remove(waiting.Number);
        if (_holder is { } holder)
            await holder.Reference.Forget(_pair, waiting.Number);
    }

    private Task TellFailed(OwedReceipt owed, int code)
    {
        if (!owed.IsWanted)
            return Task.CompletedTask;
        _failed.Add(owed, _clock.Now);
        return GrainFactory.GetUser(owed.Sender).TakeReceipt(
            new Receipt(owed.Recipient, owed.MessageId, Disposition.Failed, _clock.Now, code));
    }
}
