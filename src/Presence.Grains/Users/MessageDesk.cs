using System.Collections.Immutable;
using Presence.Contracts.Routes;
using Presence.Contracts.Users;
using Presence.Grains.Peers;
using Presence.Model.Access;
using Presence.Model.Forwarding;
using Presence.Model.Messages;
using Presence.Model.Replies;

namespace Presence.Grains.Users;

/// <summary>How a user grain deals with messages: takes them, hands them to endpoints, accounts for each.</summary>
internal sealed class MessageDesk(
    UserNode node, Admissions admissions, Courier courier, GrainOptions options,
    WaitingStore waiting, Neighbours neighbours)
{
    // A client that has lost its gateway finds another one within seconds; two minutes are for those without a network.
    private static readonly TimeSpan OrphanTime = TimeSpan.FromMinutes(2);

    private readonly SenderNotices _senders = new(node, admissions, neighbours);
    private RequestDesk? _requests;
    private GroupMail? _groups;
    private AbsenceDesk? _absence;
    private DateTimeOffset? _giveUpAt;

    public RequestDesk Requests => _requests ??= new RequestDesk(courier, Inbox, options.Requests, waiting);

    public GroupMail Groups => _groups ??= new GroupMail(node, courier, Inbox);

    public AbsenceDesk Absence =>
        _absence ??= new AbsenceDesk(courier, Inbox, admissions, options.Absence, waiting);

    /// <summary>The accounts, for who may use them beside this desk.</summary>
    public Inbox Inbox { get; } = new(options.Inbox);

    /// <summary>True while messages wait for the next session of a user whose gateway was lost.</summary>
    public bool HasOrphans => _giveUpAt is not null;

    public DateTimeOffset? NextExpiry =>
        ((DateTimeOffset?[])[_giveUpAt, Inbox.NextExpiry, _senders.NextTry, Absence.NextReview]).Min();

    public async Task<SendAnswer> Receive(InstantMessage message, DateTimeOffset now)
    {
        if (message.Via.Contains(node.Self))
            return SendAnswer.Of(Refusal.Loop);
        var admission = await admissions.OfSender(message);
        if (!node.Exists)
            return SendAnswer.Of(admission.TellsAbsence ? Refusal.NotFound : null);

        if (!message.IsAutomatic && message.Place is null && ForwardRule.Of(node.Properties) is { } rule
            && Forwarding.Decide(rule, admission, message.TakesRedirect, message.Hops, options.ProxyReferred, now)
                is { } elsewhere)
            return elsewhere;
        if (admission.Verdict == Verdict.Deny)
            return SendAnswer.Of(Refusal.Forbidden);
        if (Inbox.IsKnown(message.From, message.Id) || Requests.Holds(message.From, message.Id)
            || Absence.Holds(message.From, message.Id))
            return SendAnswer.Accepted;

        // For who is shut out politely nobody is there.
        if (admission.Verdict is Verdict.Fake or Verdict.Mute)
            return SendAnswer.Of(await MeetNobody(message, admission, now));
        var isTaken = Inbox.IsFull && !message.IsComposing && !Absence.IsOpen ? (bool?)null : await HandOver(message, admission, now);
        return SendAnswer.Of(!admission.KnowsPresence ? null : isTaken switch
        {
            null => Refusal.Overloaded,
            false => Refusal.Unavailable,
            true => null,
        });
    }

    public async Task Acknowledge(string session, ImmutableArray<MessageKey> messages, DateTimeOffset now)
    {
        foreach (var key in messages)
        {
            if (Inbox.Acknowledge(key.From, key.Id, session) is { } message
                && ReceiptPolicy.TellsDelivered(node.Properties, message))
                await TellDelivered(message, session, now);
        }

        await Absence.Settle(messages);

        // There is room again for what waited because too much was in hands.
        if (Absence.HasMore)
            await DeliverAwaited(now);
    }

    public async Task<Refusal?> ReportDisplayed(MessageKey key, Disposition disposition, DateTimeOffset now)
    {
        if (disposition != Disposition.Displayed)
            return Refusal.BadParameter("disp");
        if (Inbox.Display(key.From, key.Id) is not { } display)
            return Refusal.NoSuchTransaction;
        if (display.MustTell)
            await _senders.TellDisplayed(key, display.SentTo, now);
        return null;
    }

    /// <summary>
    /// A session is gone: what nobody else holds goes to endpoints that had no part in it. Otherwise it waits, if messages do, or has
    /// failed.
    /// </summary>
    public async Task Abandon(string session, DateTimeOffset now)
    {
        foreach (var orphan in Inbox.Abandon(session))
        {
            if (await OfferAgain(orphan, now) == 0)
                await GiveUp(orphan.Message, now);
        }
    }

    /// <summary>
    /// A session is gone with its gateway: what nobody else holds goes to other endpoints, or waits for the next session, for
    /// the user did nothing to lose it.
    /// </summary>
    public async Task Orphan(string session, DateTimeOffset now)
    {
        foreach (var orphan in Inbox.Abandon(session))
        {
            if (await OfferAgain(orphan, now) > 0)
                continue;
            if (await TakeBack(orphan.Message, now) is { } leaving)
                await TellLeft(leaving, now);
            else
                _giveUpAt ??= now + OrphanTime;
        }
    }

    /// <summary>Somebody may be there again for what waits.</summary>
    public async Task OfferOrphans(DateTimeOffset now)
    {
        if (_giveUpAt is null)
            return;
        var left = 0;
        foreach (var orphan in Inbox.Orphans)
            left += await OfferAgain(orphan, now) == 0 ? 1 : 0;
        if (left == 0)
            _giveUpAt = null;
    }

    /// <summary>A session has these in its hands; this grain may have forgotten them.</summary>
    public void Hold(ImmutableArray<InstantMessage> inHand, string session, DateTimeOffset now)
    {
        foreach (var message in inHand)
        {
            Inbox.Hold(message, session, now);
            Absence.Hold(message);
        }
    }

    /// <summary>The owner's rules have changed: who may send now is let in, who may not even ask is turned away.</summary>
    public async Task ReviewRequests(DateTimeOffset now)
    {
        foreach (var sender in Requests.Senders)
        {
            switch (await admissions.Judge(sender))
            {
                case Verdict.Allow:
                    await Requests.LetIn(sender, now);
                    break;
                case not Verdict.Ask:
                    await Requests.TurnAway(sender);
                    break;
            }
        }
    }

    /// <summary>Hands over what waited for somebody to be there.</summary>
    public async Task DeliverAwaited(DateTimeOffset now) =>
        await TellFailed(await Absence.Deliver(now), now, Refusal.Forbidden.Code);

    public async Task EndExpired(DateTimeOffset now)
    {
        await Requests.EndExpired(now);
        await _senders.TellUntold(now);
        foreach (var message in await Absence.EndExpired(now))
            await _senders.TellLeft(message, now, 408);
        foreach (var message in Inbox.EndExpired(now))
        {
            // Its sender did not limit its life; the time was ours, for an acknowledgement.
            if (!message.HasOwnLife && message.DelayedSince is null && await TakeBack(message, now) is { } leaving)
                await TellLeft(leaving, now);
            else
                await TellFailed([message], now, 408);
        }

        await DeliverAwaited(now);
        if (_giveUpAt is null || _giveUpAt > now)
            return;
        _giveUpAt = null;
        List<InstantMessage> lost = [.. Inbox.Orphans.Select(orphan => orphan.Message)];
        lost.ForEach(Inbox.Fail);
        await TellFailed(lost, now, Refusal.Unavailable.Code);
    }

    /// <summary>Nobody takes it: it waits, or has failed.</summary>
    private async Task GiveUp(InstantMessage message, DateTimeOffset now)
    {
        if (await TakeBack(message, now) is { } leaving)
        {
            await TellLeft(leaving, now);
            return;
        }

        Inbox.Fail(message);
        await TellFailed([message], now, Refusal.Unavailable.Code);
    }

    /// <summary>Messages that waited had to leave for others.</summary>
    private async Task TellLeft(IEnumerable<InstantMessage> messages, DateTimeOffset now)
    {
        foreach (var message in messages)
            await _senders.TellLeft(message, now, Refusal.Unavailable.Code);
    }

    /// <summary>What a stranger sent to be let in does not wait for anybody.</summary>
    private async Task<IReadOnlyList<InstantMessage>?> TakeBack(InstantMessage message, DateTimeOffset now) =>
        Requests.IsRequest(message) ? null : await Absence.TakeBack(message, now);

    private async Task<int> OfferAgain(Orphan orphan, DateTimeOffset now)
    {
        var takers = await Offer(orphan.Message, now, orphan.Given);
        if (takers.Count > 0)
            Inbox.Give(orphan.Message, takers.Sessions);
        return takers.Count;
    }

    /// <summary>
    /// False if nobody takes it, null if somebody may have taken it: the sender is to try again. Who may not know the presence
    /// gets no receipt, and a request that the user has not agreed to gets none either.
    /// </summary>
    private async Task<bool?> HandOver(InstantMessage message, Admission admission, DateTimeOffset now)
    {
        if (message.IsComposing)
        {
            return admission.Verdict == Verdict.Allow
                && (await Offer(message.WithoutReceipts(), now, null)).Count > 0;
        }

        if (admission.Verdict == Verdict.Ask)
            return await Requests.Take(message, now);
        if (!admission.KnowsPresence)
            message = message.WithoutReceipts();
        if (Absence.Waits(message.From))
            await DeliverAwaited(now);

        // What came first goes first.
        var takers = Absence.Waits(message.From) || Inbox.IsFull ? Takers.None : await Offer(message, now, null);
        if (takers.Count > 0)
            Inbox.Accept(message, takers.Sessions, now);
        else if (!Absence.IsOpen)
            return takers.IsUnsure ? null : false;
        else
            await TellLeft(await Absence.Keep(message, now), now);
        return true;
    }

    /// <summary>All that happens where nobody is and nobody comes, without anybody to hear of it.</summary>
    private async Task<Refusal?> MeetNobody(InstantMessage message, Admission admission, DateTimeOffset now)
    {
        if (admission.Verdict == Verdict.Fake && Absence.IsOpen && !message.IsComposing)
        {
            if (!admission.KnowsPresence)
                message = message.WithoutReceipts();
            await TellLeft(await Absence.KeepUnseen(message, now), now);
            return null;
        }

        return admission.KnowsPresence ? courier.Absent : null;
    }

    private Task<Takers> Offer(InstantMessage message, DateTimeOffset now, IReadOnlySet<string>? except)
    {
        var notice = new MessageNotice(message, Requests.IsRequest(message));
        return message.IsForBest ? courier.ToBest(notice, now, except) : courier.ToAll(notice, except);
    }

    private async Task TellFailed(IReadOnlyList<InstantMessage> messages, DateTimeOffset now, int code)
    {
        foreach (var message in messages)
        {
            await Requests.Failed(message);
            await _senders.TellFailed(message, now, code);
        }
    }

    private async Task TellDelivered(InstantMessage message, string session, DateTimeOffset now)
    {
        try
        {
            await _senders.TellDelivered(message, now);
        }
        catch (Exception exception) when (exception is TimeoutException or OrleansException)
        {
            // The session's gateway says it again until the sender's grain has heard it.
            Inbox.Restore(message, session, now);
            throw;
        }
    }
}
