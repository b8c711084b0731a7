using System.Collections.Immutable;
using Presence.Contracts.Routes;
using Presence.Contracts.Users;
using Presence.Model.Access;
using Presence.Model.Messages;
using Presence.Model.Replies;

namespace Presence.Grains.Users;

/// <summary>
/// Messages that come to a user through groups, which have decided about their authors. Nothing waits for who is not there;
/// receipts still tell nobody a presence that he may not know; and an owner may hide whom he has blocked
/// (<c>privacy/groups=hide</c>).
/// </summary>
internal sealed class GroupMail(UserNode node, Courier courier, Inbox inbox)
{
    /// <summary>
    /// Accounts for a message before its copies go out, so that no acknowledgement can come too early. That somebody is typing
    /// is not accounted for.
    /// </summary>
    public ExpectedCopy Expect(InstantMessage message, Asker author, DateTimeOffset now)
    {
        if (node.HidesInGroups(author))
            return ExpectedCopy.None;
        var tellsReceipts = node.SeesPresence(author);
        var doors = courier.Reachable();
        if (inbox.IsKnown(message.From, message.Id))
            doors = courier.Bound(inbox.Holders(message.From, message.Id));
        else if (inbox.IsFull)
            doors = [];
        else if (doors.Count > 0 && !message.IsComposing)
            inbox.Accept(Wish(message, tellsReceipts), doors.Select(door => door.Session), now);
        return doors.Count == 0
            ? ExpectedCopy.None
            : new ExpectedCopy([.. doors.Select(door => new CopyDoor(door.Inbox, door.Session))], tellsReceipts);
    }

    /// <summary>Hands it over from here.</summary>
    public async Task<Refusal?> Receive(InstantMessage message, Asker author, DateTimeOffset now)
    {
        var wasKnown = inbox.IsKnown(message.From, message.Id);
        var expected = Expect(message, author, now);
        if (expected.Doors.IsEmpty)
            return wasKnown || node.HidesInGroups(author) ? null : inbox.IsFull ? Refusal.Overloaded : courier.Absent;
        var sessions = expected.Doors.Select(door => door.Session).ToHashSet(StringComparer.Ordinal);
        var notice = new MessageNotice(Wish(message, expected.TellsReceipts), IsRequest: false);
        var takers = await courier.To(sessions, notice);
        if (!takers.IsUnsure)
            sessions.ExceptWith(takers.Sessions);
        else
            sessions.Clear();
        foreach (var session in sessions)
            inbox.Release(message.From, message.Id, session);
        return takers.Count > 0 ? null : takers.IsUnsure ? Refusal.Overloaded : Refusal.Unavailable;
    }

    /// <summary>
    /// Sessions have not taken it. They may have moved meanwhile, and are asked once more where they are now, unless
    /// nobody wants it there any more.
    /// </summary>
    public async Task Untaken(MessageKey key, ImmutableArray<string> sessions, bool isTakenBack)
    {
        foreach (var session in sessions)
        {
            if (inbox.Find(key.From, key.Id, session) is not { } message)
                continue;
            var takers = isTakenBack
                ? Takers.None
                : await courier.To([session], new MessageNotice(message, IsRequest: false));
            if (takers is { Count: 0, IsUnsure: false })
                inbox.Release(key.From, key.Id, session);
        }
    }

    private static InstantMessage Wish(InstantMessage message, bool tellsReceipts) =>
        tellsReceipts ? message : message.WithoutReceipts();
}
