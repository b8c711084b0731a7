using System.Collections.Immutable;
using Presence.Contracts.Nearby;
using Presence.Contracts.Routes;
using Presence.Contracts.Users;
using Presence.Grains.Alarms;
using Presence.Model.Access;
using Presence.Model.Addresses;
using Presence.Model.Messages;
using Presence.Model.Properties;

namespace Presence.Grains.Users;

/// <summary>
/// What others in this process may do at a user's <see cref="MessageDesk"/> without a call to his grain
/// (docs/decisions/0067). It is open while the grain's <see cref="DeskRules"/> is known and shut, before anything else happens, when
/// something of it changes; the next plain message that the grain deals with opens it again. Who finds it shut, or
/// comes with something that is not plain, asks the grain. Used from any thread.
/// </summary>
internal sealed class DeskWindow(
    Address self, Inbox inbox, GrainAlarm alarm, Func<AccessPolicy> policy, UserDesks desks)
{
    private readonly Lock _lock = new();
    private volatile DeskRules? _rules;
    private bool _isClosed;

    public bool IsOpen => Current is not null;

    /// <summary>Null also when administrators have laid down something else, of which the grain takes note when it is asked.</summary>
    private DeskRules? Current =>
        _rules is { } rules && ReferenceEquals(rules.Access.Policy, policy()) ? rules : null;

    public void Open(DeskRules rules)
    {
        lock (_lock)
            _rules = _isClosed ? null : rules;
    }

    /// <summary>When it returns all that was accepted by the old rules is in the accounts, and nothing more will be.</summary>
    public void Shut()
    {
        lock (_lock)
            _rules = null;
    }

    /// <summary>Shut for good: his grain is gone, or has another window.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            _rules = null;
        }
    }

    /// <summary>As <see cref="GroupMail.Expect"/>; null if the grain must be asked.</summary>
    public ExpectedCopy? Expect(InstantMessage message, Asker author, DateTimeOffset now)
    {
        ExpectedCopy expected;
        lock (_lock)
        {
            if (Current is not { Sessions.IsEmpty: false } rules)
                return null;
            if (Sight.HidesInGroups(rules.Access, rules.Properties, author))
                return ExpectedCopy.None;
            expected = rules.Expected(Sight.SeesPresence(rules.Access, author));
            if (!message.IsComposing && (inbox.IsFull || !inbox.Accept(
                expected.TellsReceipts ? message : message.WithoutReceipts(), rules.Sessions, now)))
                return null;
        }

        alarm.WakeBy(message.Expires);
        return expected;
    }

    /// <summary>As <see cref="MessageDesk.Receive"/>; null if the grain must be asked.</summary>
    public SendAnswer? Receive(InstantMessage message, DateTimeOffset now)
    {
        if (!message.Via.IsEmpty || message.Place is not null || message.IsForBest || message.IsComposing)
            return null;
        ImmutableArray<NearDoor> doors;
        lock (_lock)
        {
            if (Current is not { Reachable: { IsEmpty: false } reachable } rules)
                return null;
            doors = reachable;
            var sender = Asker.Of(message.From);
            if (rules.Access.Judge(sender, Rights.Send, StandardPaths.Inbox).Verdict != Verdict.Allow)
                return null;
            if (!Sight.KnowsPresence(rules.Access, sender))
                message = message.WithoutReceipts();
            if (inbox.IsFull || !inbox.Accept(message, rules.Sessions, now))
                return null;
        }

        alarm.WakeBy(message.Expires);
        return HandOver(message, doors) ? SendAnswer.Accepted : null;
    }

    /// <summary>As <see cref="MessageDesk.Acknowledge"/>; false if the grain must be told.</summary>
    public bool Acknowledge(string session, IReadOnlyList<MarkedKey> messages, DateTimeOffset now)
    {
        // Locked as a whole: a session that ends meanwhile must not find a message settled that is restored for it afterwards.
        lock (_lock)
        {
            if (Current is not { } rules || !rules.Sessions.Contains(session))
                return false;
            for (var at = 0; at < messages.Count; at++)
            {
                var (key, mark) = messages[at];

                // One that is not accounted for yet is being dealt with by the grain, and its turn is awaited.
                if (inbox.Acknowledge(mark, session) is not { } message)
                    return false;
                if (MustTell(rules, message)
                    && !desks.TryTakeReceipt(key.From, new Receipt(self, key.Id, Disposition.Delivered, now)))
                {
                    inbox.Restore(message, session, now);
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>As <see cref="UserGrain.TakeReceipt"/>; false if the grain must be asked.</summary>
    public bool TakeReceipt(Receipt receipt)
    {
        if (Current is not { Bound: { IsEmpty: false } doors })
            return false;
        var notice = new ReceiptNotice(receipt);
        foreach (var door in doors)
            door.Take(notice);
        return true;
    }

    /// <summary>It is accounted for already, so that no acknowledgement can come too early.</summary>
    private bool HandOver(InstantMessage message, ImmutableArray<NearDoor> doors)
    {
        var notice = new MessageNotice(message, IsRequest: false);
        var isTaken = false;
        foreach (var door in doors)
        {
            if (door.Take(notice))
                isTaken = true;
            else
                inbox.Release(message.From, message.Id, door.Session);
        }

        return isTaken;
    }

    private static bool MustTell(DeskRules rules, InstantMessage message) =>
        ReceiptPolicy.TellsDelivered(rules.Properties, message)
        && ReceiptPolicy.MayHear(rules.Access.Judge(Asker.Of(message.From), Rights.Send, StandardPaths.Inbox).Verdict);
}
