using Presence.Model.Addresses;
using Presence.Model.Replies;

namespace Presence.Contracts.Users;

/// <summary>What became of something sent to a user: taken, refused, or to be sent to another address.</summary>
/// <param name="Refusal">Why it was not taken; null if it was, and for a referral.</param>
/// <param name="Referral">Where to go on, or null.</param>
[GenerateSerializer, Immutable, Alias("presence.send-answer")]
public sealed record SendAnswer(
    [property: Id(0)] Refusal? Refusal,
    [property: Id(1)] Referral? Referral)
{
    public static readonly SendAnswer Accepted = new(null, null);

    public static SendAnswer Of(Refusal? refusal) => refusal is null ? Accepted : new SendAnswer(refusal, null);

    public static SendAnswer Refer(Referral referral) => new(null, referral);
}

/// <summary>The user is to be reached at another address.</summary>
/// <param name="To">That address.</param>
/// <param name="Kind">What is to be done about it.</param>
/// <param name="Life">For how long this holds; null for good.</param>
[GenerateSerializer, Immutable, Alias("presence.referral")]
public sealed record Referral(
    [property: Id(0)] Address To,
    [property: Id(1)] ReferralKind Kind,
    [property: Id(2)] TimeSpan? Life);

/// <summary>What a referral asks for. Values are append-only: they cross processes of different versions.</summary>
[GenerateSerializer, Alias("presence.referral-kind")]
public enum ReferralKind
{
    /// <summary>Tell the sender, who goes there himself: 302, or 301 when it is for good.</summary>
    Tell = 0,

    /// <summary>The message is accepted here and goes on; what becomes of it is told by receipt only.</summary>
    GoOn = 1,

    /// <summary>As <see cref="GoOn"/>, for a sender who may not know what becomes of it.</summary>
    GoOnInSilence = 2,

    /// <summary>The address is another name for that one: its answer is the answer.</summary>
    Alias = 3,
}
