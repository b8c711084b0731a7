using Orleans.Concurrency;
using Presence.Contracts.Routes;
using Presence.Model.Addresses;
using Presence.Model.Invitations;
using Presence.Model.Replies;

namespace Presence.Contracts.Users;

/// <content>Invitations to other media.</content>
public partial interface IUserGrain
{
    /// <summary>An invitation for this user; the answer says that it rings. 486 while the user is not to be disturbed.</summary>
    [Alias("invite")]
    Task<SendAnswer> Invite(Invitation invitation);

    /// <summary>A session of this user answers an invitation; 481 if there is nothing to answer.</summary>
    [Alias("answer")]
    Task<Refusal?> Answer(AnswerRequest answer);

    /// <summary>The caller takes an invitation back; 481 if it does not ring.</summary>
    [Alias("cancel")]
    Task<SendAnswer> Cancel(Address from, string id, string? why, int hops);

    /// <summary>
    /// An answer for the session of this user that invited; false if it is gone. Interleaves, as <see cref="TakeReceipt"/>.
    /// </summary>
    [Alias("take-answer")]
    [AlwaysInterleave]
    Task<bool> TakeAnswer(string session, AnswerNotice answer);

    /// <summary>Somebody asks this user to turn to another address.</summary>
    [Alias("refer")]
    Task<Refusal?> Refer(ReferNotice notice);
}

/// <summary>An answer of one of the callee's sessions.</summary>
/// <param name="Session">The session that answers.</param>
/// <param name="From">The caller.</param>
/// <param name="Id">The caller's <c>inv</c>.</param>
/// <param name="Code">100–699.</param>
/// <param name="Type">Content type of the body; null without one.</param>
/// <param name="Body">The octets.</param>
[GenerateSerializer, Immutable, Alias("presence.answer-request")]
public sealed record AnswerRequest(
    [property: Id(0)] string Session,
    [property: Id(1)] Address From,
    [property: Id(2)] string Id,
    [property: Id(3)] int Code,
    [property: Id(4)] string? Type,
    [property: Id(5)] ReadOnlyMemory<byte> Body);
