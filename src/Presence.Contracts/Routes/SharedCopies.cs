using System.Collections.Immutable;
using Presence.Contracts.Users;
using Presence.Model.Messages;

namespace Presence.Contracts.Routes;

/// <summary>One message of a group for many sessions of one gateway: its octets cross once (docs/decisions/0093).</summary>
/// <param name="Message">What all of them get.</param>
/// <param name="Sessions">For whom it is; each of their users' grains has accounted for it.</param>
[GenerateSerializer, Immutable, Alias("presence.shared-copy")]
public sealed record SharedCopy(
    [property: Id(0)] InstantMessage Message,
    [property: Id(1)] ImmutableArray<string> Sessions);

/// <summary>A session that has not taken a shared copy: it is gone or full.</summary>
/// <param name="Message">Which message.</param>
/// <param name="Session">Whose copy.</param>
[GenerateSerializer, Immutable, Alias("presence.untaken-copy")]
public readonly record struct UntakenCopy(
    [property: Id(0)] MessageKey Message,
    [property: Id(1)] string Session);

/// <summary>What a member's grain says of a message that comes through a group.</summary>
/// <param name="Doors">The sessions that must be handed to, for which it has accounted; none if nobody is there.</param>
/// <param name="TellsReceipts">False if the author may not know whether somebody is there, and so gets no receipt.</param>
[GenerateSerializer, Immutable, Alias("presence.expected-copy")]
public sealed record ExpectedCopy(
    [property: Id(0)] ImmutableArray<CopyDoor> Doors,
    [property: Id(1)] bool TellsReceipts)
{
    public static readonly ExpectedCopy None = new([], false);
}

/// <summary>A session, and the gateway that it is at.</summary>
[GenerateSerializer, Immutable, Alias("presence.copy-door")]
public readonly record struct CopyDoor(
    [property: Id(0)] IGatewayInbox Gateway,
    [property: Id(1)] string Session);
