using Presence.Model.Addresses;
using Presence.Model.Invitations;

namespace Presence.Contracts.Routes;

/// <summary>Somebody offers a session in another medium: it rings.</summary>
[GenerateSerializer, Immutable, Alias("presence.invite-notice")]
public sealed record InviteNotice(
    [property: Id(0)] Invitation Invitation) : SessionNotice;

/// <summary>An answer to an invitation of the session's user.</summary>
/// <param name="From">The callee; his endpoint <paramref name="Endpoint"/> only where it may be disclosed.</param>
/// <param name="Endpoint">Name of the endpoint that accepted, or null.</param>
/// <param name="Id">The caller's <c>inv</c>.</param>
/// <param name="Code">100–699.</param>
/// <param name="Type">Content type of the body; null without one.</param>
/// <param name="Body">What the callee answers to the offer.</param>
[GenerateSerializer, Immutable, Alias("presence.answer-notice")]
public sealed record AnswerNotice(
    [property: Id(0)] Address From,
    [property: Id(1)] string? Endpoint,
    [property: Id(2)] string Id,
    [property: Id(3)] int Code,
    [property: Id(4)] string? Type,
    [property: Id(5)] ReadOnlyMemory<byte> Body) : SessionNotice;

/// <summary>An invitation rings no more.</summary>
[GenerateSerializer, Immutable, Alias("presence.cancel-notice")]
public sealed record CancelNotice(
    [property: Id(0)] string Id,
    [property: Id(1)] string? Why) : SessionNotice;

/// <summary>Somebody asks the session's user to turn to another address.</summary>
[GenerateSerializer, Immutable, Alias("presence.refer-notice")]
public sealed record ReferNotice(
    [property: Id(0)] Address From,
    [property: Id(1)] Address To,
    [property: Id(2)] string? Why) : SessionNotice;
