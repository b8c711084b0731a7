using System.Collections.Immutable;
using Presence.Contracts;
using Presence.Contracts.Routes;
using Presence.Contracts.Users;
using Presence.Model.Access;
using Presence.Model.Composition;
using Presence.Model.Messages;
using Presence.Model.Properties;
using Presence.Model.Replies;

namespace Presence.Grains.Users;

/// <summary>How a user grain deals with messages: takes them, hands them to endpoints, accounts for each.</summary>
internal sealed class MessageDesk(
    UserNode node, EndpointTable endpoints, InboxLimits limits, IGrainFactory grains)
{
    private readonly Inbox _inbox = new(limits);

    public DateTimeOffset? NextExpiry => _inbox.NextExpiry;

    public async Task<Refusal?> Receive(InstantMessage message, Asker sender, DateTimeOffset now)
    {
        if (!node.Exists)
            return node.TellsAbsence(sender) ? Refusal.NotFound : null;

        var verdict = node.Judge(sender, Rights.Send, StandardPaths.Inbox).Verdict;
        if (verdict == Verdict.Deny)
            return Refusal.Forbidden;
        if (_inbox.IsKnown(message.From, message.Id))
            return null;

        // Who may not know the presence gets the same answer whether anybody is there or not, and a request that the
        // user has not agreed to gets no receipt. For who is shut out politely nobody is there.
        var knowsPresence = node.KnowsPresence(sender);
        if (verdict is Verdict.Fake or Verdict.Mute)
            return knowsPresence ? Refusal.Unavailable : null;
        if (_inbox.IsFull)
            return knowsPresence ? Refusal.Overloaded : null;
        if (!knowsPresence || verdict == Verdict.Ask)
            message = message with { Wants = ReceiptWishes.None };
        var takers = await HandOver(message, isRequest: verdict == Verdict.Ask);
        if (takers.Count > 0)
            _inbox.Accept(message, takers, now);
        return takers.Count > 0 || !knowsPresence ? null : Refusal.Unavailable;
    }

    /// <summary>
    /// A message through a group, which has decided about its author. Nothing waits for who is not there; receipts still
    /// tell nobody a presence that he may not know; and an owner may hide whom he has blocked (<c>privacy/groups=hide</c>).
    /// </summary>
    public async Task<Refusal?> ReceiveFromGroup(InstantMessage message, Asker author, DateTimeOffset now)
    {
        if (_inbox.IsKnown(message.From, message.Id) || node.HidesInGroups(author))
            return null;
        if (_inbox.IsFull)
            return Refusal.Overloaded;
        if (!node.SeesPresence(author))
            message = message with { Wants = ReceiptWishes.None };
        var takers = await HandOver(message, isRequest: false);
        if (takers.Count > 0)
            _inbox.Accept(message, takers, now);
        return takers.Count > 0 ? null : Refusal.Unavailable;
    }

    public async Task Acknowledge(string session, ImmutableArray<MessageKey> messages, DateTimeOffset now)
    {
        foreach (var key in messages)
        {
            if (_inbox.Acknowledge(key.From, key.Id, session) is { } message
                && message.Wants.HasFlag(ReceiptWishes.Delivered))
                await Tell(message, Disposition.Delivered, now, 0);
        }
    }

    public async Task<Refusal?> ReportDisplayed(MessageKey key, Disposition disposition, DateTimeOffset now)
    {
        if (disposition != Disposition.Displayed)
            return Refusal.BadParameter("disp");
        if (_inbox.Display(key.From, key.Id) is not { } mustTell)
            return Refusal.NoSuchTransaction;
        if (mustTell)
            await grains.GetUser(key.From).TakeReceipt(new Receipt(node.Self, key.Id, disposition, now));
        return null;
    }

    /// <summary>A session is gone; what nobody else holds has failed.</summary>
    public Task Abandon(string session, DateTimeOffset now) => Fail(_inbox.Abandon(session), now, 480);

    public Task EndExpired(DateTimeOffset now) => Fail(_inbox.EndExpired(now), now, 408);

    private async Task<IReadOnlyList<string>> HandOver(InstantMessage message, bool isRequest)
    {
        if (StatusToken.IsOffline(node.View.Status))
            return [];
        var takers = new List<string>();
        foreach (var endpoint in endpoints.Reachable(node.Properties))
        {
            if (await endpoints.Deliver(endpoint, new MessageNotice(message, isRequest)))
                takers.Add(endpoint.Session);
        }

        return takers;
    }

    private async Task Fail(IReadOnlyList<InstantMessage> messages, DateTimeOffset now, int code)
    {
        foreach (var message in messages.Where(m => m.Wants != ReceiptWishes.None))
            await Tell(message, Disposition.Failed, now, code);
    }

    private Task Tell(InstantMessage message, Disposition disposition, DateTimeOffset now, int code) =>
        grains.GetUser(message.From).TakeReceipt(new Receipt(node.Self, message.Id, disposition, now, code));
}
