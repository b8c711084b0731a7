
namespace Presence.Contracts.Users;

/// <summary>What a client needs in order to prove a passphrase.</summary>
[GenerateSerializer, Immutable, Alias("presence.passphrase-salt")]
public sealed record PassphraseSalt(
    [property: Id(0)] byte[] Salt,
    [property: Id(1)] int Iterations);

/// <summary>A proof that somebody knows a passphrase; the gateway has checked that the nonce is its own, fresh and unused.</summary>
/// <param name="Requester">Wire form of the asker, or <c>anon</c>.</param>
/// <param name="Verb">Verb of the request.</param>
/// <param name="Target">Wire form of its target.</param>
/// <param name="Nonce">The nonce that was given out.</param>
/// <param name="Octets">The proof.</param>
[GenerateSerializer, Immutable, Alias("presence.passphrase-proof")]
public sealed record PassphraseProof(
    [property: Id(0)] string Requester,
    [property: Id(1)] string Verb,
    [property: Id(2)] string Target,
    [property: Id(3)] string Nonce,
    [property: Id(4)] byte[] Octets);
