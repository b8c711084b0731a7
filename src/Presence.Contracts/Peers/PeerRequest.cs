using System.Collections.Immutable;
using Presence.Contracts.Routes;
using Presence.Model.Addresses;

namespace Presence.Contracts.Peers;

/// <summary>
/// A request to another domain on its way to the gateway that holds the link: all of its frame but the tag, which is
/// given there. Built from what we know, never copied from a client's line (F8).
/// </summary>
/// <param name="Verb">Verb.</param>
/// <param name="Target">Canonical target in wire form, or null.</param>
/// <param name="Parameters">Parameters, decoded; <c>from</c> is among them.</param>
/// <param name="Body">The octets; null without a body.</param>
/// <param name="Expires">Not sent, and not waited for, after this.</param>
/// <param name="Owed">Whom to tell what became of it, when nobody waits for the answer any more.</param>
/// <param name="Held">Lines of SYNC, of which the gateway makes the body; else null.</param>
/// <param name="Members">Lines of ROSTER, of which it makes the body; else null.</param>
[GenerateSerializer, Immutable, Alias("presence.peer-request")]
public sealed record PeerRequest(
    [property: Id(0)] string Verb,
    [property: Id(1)] string? Target,
    [property: Id(2)] ImmutableArray<SavedParameter> Parameters,
    [property: Id(3)] byte[]? Body,
    [property: Id(4)] DateTimeOffset Expires,
    [property: Id(5)] OwedReceipt? Owed = null,
    [property: Id(6)] ImmutableArray<HeldSubscription>? Held = null,
    [property: Id(7)] ImmutableArray<RosterLine>? Members = null)
{
    /// <summary>What it costs while it waits, in octets.</summary>
    public int Octets => 256 + (Body?.Length ?? 0) + ((Members?.Length ?? 0) * OctetsOfMember)
        + Parameters.Sum(parameter => parameter.Value.Length);

    private const int OctetsOfMember = 48;

    /// <summary>The value of a parameter, or null.</summary>
    public string? Value(string name) => Parameters.FirstOrDefault(parameter => parameter.Name == name).Value;
}

/// <summary>A message that was accepted for another domain: its sender is told if it does not get there.</summary>
/// <param name="Sender">The sender, a user of ours.</param>
/// <param name="Recipient">Whom he sent it to.</param>
/// <param name="MessageId">The sender's <c>mid</c>.</param>
/// <param name="IsWanted">True if he asked for receipts; else nobody is told.</param>
[GenerateSerializer, Immutable, Alias("presence.owed-receipt")]
public sealed record OwedReceipt(
    [property: Id(0)] Address Sender,
    [property: Id(1)] Address Recipient,
    [property: Id(2)] string MessageId,
    [property: Id(3)] bool IsWanted);
