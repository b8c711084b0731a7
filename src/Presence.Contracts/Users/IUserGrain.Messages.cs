using System.Collections.Immutable;
using Orleans.Concurrency;
using Presence.Contracts.Routes;
using Presence.Model.Messages;
using Presence.Model.Replies;

namespace Presence.Contracts.Users;

/// <content>Messages and their receipts.</content>
public partial interface IUserGrain
{
    /// <summary>A message for this user; the answer is the acceptance.</summary>
    [Alias("receive")]
    Task<SendAnswer> Receive([Immutable] InstantMessage message);

    /// <summary>
    /// A session of this user has taken responsibility for these messages. False if the session is not known here: it must be
    /// asserted, and the acknowledgement repeated.
    /// </summary>
    [Alias("acknowledge")]
    Task<bool> Acknowledge(string session, [Immutable] ImmutableArray<MessageKey> messages);

    /// <summary>This user's client tells that a message was shown; 481 if it never came.</summary>
    [Alias("report-displayed")]
    Task<Refusal?> ReportDisplayed([Immutable] MessageKey message, Disposition disposition);

    /// <summary>
    /// A receipt for a message that this user sent. Interleaves: it only hands over to sessions, and two users
    /// acknowledging each other's messages at once must not wait for each other.
    /// </summary>
    [Alias("take-receipt")]
    [AlwaysInterleave]
    Task TakeReceipt([Immutable] Receipt receipt);

    /// <summary>
    /// This user has sent a message from the session named: other endpoints that take copies are told. Nobody waits for it,
    /// since it is a convenience and the message is on its way.
    /// </summary>
    [Alias("take-copy")]
    [OneWay]
    [AlwaysInterleave]
    Task TakeCopy(string session, [Immutable] CopyNotice copy);
}
