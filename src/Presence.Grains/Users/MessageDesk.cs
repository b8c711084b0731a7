using System.Collections.Immutable;
using Presence.Contracts.Routes;
using Presence.Contracts.Users;
using Presence.Grains.Peers;
using Presence.Model.Access;
using Presence.Model.Addresses;
using Presence.Model.Forwarding;
using Presence.Model.Messages;
using Presence.Model.Replies;

namespace Presence.Grains.Users;

/// <summary>How a user grain deals with messages: takes them, hands them to endpoints, accounts for each.</summary>
internal sealed class MessageDesk(
    UserNode node, Admissions admissions, Courier courier, GrainOptions options,
    IPersistentState<RequestRecord> requests, Neighbours neighbours)
{
    // A client that has lost its gateway finds another one within seconds; two minutes are for those without a network.
    private static readonly TimeSpan OrphanTime = TimeSpan.FromMinutes(2);

    private readonly Inbox _inbox = new(options.Inbox);
    private readonly UntoldFailures _untold = new();
    private RequestDesk? _requests;
    private GroupMail? _groups;
    private DateTimeOffset? _giveUpAt;

    public RequestDesk Requests => _requests ??= new RequestDesk(courier, _inbox, options.Requests, requests);

    public GroupMail Groups => _groups ??= new GroupMail(node, courier, _inbox);

    /// <summary>True while messages wait for the next session of a user whose gateway was lost.</summary>
    public bool HasOrphans => _giveUpAt is not null;

    public DateTimeOffset? NextExpiry =>
        ((DateTimeOffset?[])[_giveUpAt, _inbox.NextExpiry, _untold.NextTry]).Min();

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
        if (_inbox.IsKnown(message.From, message.Id) || Requests.Holds(message.From, message.Id))
            return SendAnswer.Accepted;

        // For who is shut out politely nobody is there.
        if (admission.Verdict is Verdict.Fake or Verdict.Mute)
            return SendAnswer.Of(admission.KnowsPresence ? courier.Absent : null);
        var isTaken = _inbox.IsFull && !message.IsComposing ? (bool?)null : await HandOver(message, admission, now);
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
            if (_inbox.Acknowledge(key.From, key.Id, session) is { } message
                && message.Wants.HasFlag(ReceiptWishes.Delivered) && ReceiptPolicy.Permits(node.Properties, key.From))
                await TellDelivered(message, session, now);
        }
    }

    public async Task<Refusal?> ReportDisplayed(MessageKey key, Disposition disposition, DateTimeOffset now)
    {
        if (disposition != Disposition.Displayed)
            return Refusal.BadParameter("disp");
        if (_inbox.Display(key.From, key.Id) is not { } display)
            return Refusal.NoSuchTransaction;
        if (display.MustTell && ReceiptPolicy.Permits(node.Properties, key.From) && await MayHear(key.From))
        {
            await neighbours.TakeReceipt(
                key.From, new Receipt(display.SentTo ?? node.Self, key.Id, disposition, now));
        }

        return null;
    }

    /// <summary>A session is gone: what nobody else holds goes to endpoints that had no part in it, or has failed.</summary>
    public async Task Abandon(string session, DateTimeOffset now)
    {
        List<InstantMessage> lost = [];
        foreach (var (message, given) in _inbox.Abandon(session))
        {
            var takers = await Offer(message, now, given);
            if (takers.Count > 0)
            {
                _inbox.Give(message, takers.Sessions);
                continue;
            }

            _inbox.Fail(message);
            lost.Add(message);
        }

        await TellFailed(lost, now, Refusal.Unavailable.Code);
    }

    /// <summary>
    /// A session is gone with its gateway: what nobody else holds goes to other endpoints, or waits for the next session, for
    /// the user did nothing to lose it.
    /// </summary>
    public async Task Orphan(string session, DateTimeOffset now)
    {
        foreach (var orphan in _inbox.Abandon(session))
        {
            if (await OfferAgain(orphan, now) == 0)
                _giveUpAt ??= now + OrphanTime;
        }
    }

    /// <summary>Somebody may be there again for what waits.</summary>
    public async Task OfferOrphans(DateTimeOffset now)
    {
        if (_giveUpAt is null)
            return;
        var left = 0;
        foreach (var orphan in _inbox.Orphans)
            left += await OfferAgain(orphan, now) == 0 ? 1 : 0;
        if (left == 0)
            _giveUpAt = null;
    }

    /// <summary>A session has these in its hands; this grain may have forgotten them.</summary>
    public void Hold(ImmutableArray<InstantMessage> inHand, string session, DateTimeOffset now)
    {
        foreach (var message in inHand)
            _inbox.Hold(message, session, now);
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

    public async Task EndExpired(DateTimeOffset now)
    {
        await Requests.EndExpired(now);
        foreach (var (message, code, until) in _untold.Take(now))
            await TellFailed(message, now, code, until);
        await TellFailed(_inbox.EndExpired(now), now, 408);
        if (_giveUpAt is null || _giveUpAt > now)
            return;
        _giveUpAt = null;
        List<InstantMessage> lost = [.. _inbox.Orphans.Select(orphan => orphan.Message)];
        lost.ForEach(_inbox.Fail);
        await TellFailed(lost, now, Refusal.Unavailable.Code);
    }

    private async Task<int> OfferAgain(Orphan orphan, DateTimeOffset now)
    {
        var takers = await Offer(orphan.Message, now, orphan.Given);
        if (takers.Count > 0)
            _inbox.Give(orphan.Message, takers.Sessions);
        return takers.Count;
    }

    /// <summary>
    /// False if nobody takes it, null if somebody may have taken it: the sender is to try again. Who may not know the presence gets no receipt, and a request that the user has not agreed to
    /// gets none either.
    /// </summary>
    private async Task<bool?> HandOver(InstantMessage message, Admission admission, DateTimeOffset now)
    {
        if (message.IsComposing)
        {
            return admission.Verdict == Verdict.Allow
                && (await Offer(message with { Wants = ReceiptWishes.None }, now, null)).Count > 0;
        }

        if (admission.Verdict == Verdict.Ask)
            return await Requests.Take(message, now);
        if (!admission.KnowsPresence)
            message = message with { Wants = ReceiptWishes.None };
        var takers = await Offer(message, now, null);
        if (takers.Count > 0)
            _inbox.Accept(message, takers.Sessions, now);
        return takers.Count > 0 ? true : takers.IsUnsure ? null : false;
    }

    private Task<Takers> Offer(
        InstantMessage message, DateTimeOffset now, IReadOnlySet<string>? except)
    {
        var notice = new MessageNotice(message, Requests.IsRequest(message));
        return message.IsForBest ? courier.ToBest(notice, now, except) : courier.ToAll(notice, except);
    }

    private async Task TellFailed(IReadOnlyList<InstantMessage> messages, DateTimeOffset now, int code)
    {
        foreach (var message in messages)
        {
            await Requests.Failed(message);
            if (message.Wants != ReceiptWishes.None)
                await TellFailed(message, now, code, until: null);
        }
    }

    /// <summary>A sender who cannot be told now holds up nobody else.</summary>
    private async Task TellFailed(InstantMessage message, DateTimeOffset now, int code, DateTimeOffset? until)
    {
        try
        {
            await Tell(message, Disposition.Failed, now, code);
        }
        catch (Exception exception) when (exception is TimeoutException or OrleansException)
        {
            _untold.Add(message, code, now, until);
        }
    }

    private async Task TellDelivered(InstantMessage message, string session, DateTimeOffset now)
    {
        try
        {
            await Tell(message, Disposition.Delivered, now, 0);
        }
        catch (Exception exception) when (exception is TimeoutException or OrleansException)
        {
            // The session's gateway says it again until the sender's grain has heard it.
            _inbox.Restore(message, session, now);
            throw;
        }
    }

    private async Task Tell(InstantMessage message, Disposition disposition, DateTimeOffset now, int code)
    {
        if (!await MayHear(message.From))
            return;
        var sentTo = message.Via.IsEmpty ? node.Self : message.Via[0];
        await neighbours.TakeReceipt(message.From, new Receipt(sentTo, message.Id, disposition, now, code));
    }

    /// <summary>Who was shut out politely hears nothing any more, of earlier messages neither.</summary>
    private async ValueTask<bool> MayHear(Address sender) =>
        await admissions.Judge(sender) is not (Verdict.Fake or Verdict.Mute);
}
