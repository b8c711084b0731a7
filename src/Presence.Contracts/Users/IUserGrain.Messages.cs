using System.Collections.Immutable;
using Orleans.Concurrency;
using Presence.Model.Messages;
using Presence.Model.Replies;

namespace Presence.Contracts.Users;

/// <content>Messages and their receipts.</content>
public partial interface IUserGrain
{
    /// <summary>A message for this user; the answer is the acceptance.</summary>
    [Alias("receive")]
    Task<SendAnswer> Receive(InstantMessage message);

    /// <summary>A session of this user has taken responsibility for these messages.</summary>
    [Alias("acknowledge")]
    Task Acknowledge(string session, ImmutableArray<MessageKey> messages);

    /// <summary>This user's client tells that a message was shown; 481 if it never came.</summary>
    [Alias("report-displayed")]
    Task<Refusal?> ReportDisplayed(MessageKey message, Disposition disposition);

    /// <summary>
    /// A receipt for a message that this user sent. Interleaves: it only hands over to sessions, and two users
    /// acknowledging each other's messages at once must not wait for each other.
    /// </summary>
    [Alias("take-receipt")]
    [AlwaysInterleave]
    Task TakeReceipt(Receipt receipt);
}
