using System.Buffers.Text;
using Presence.Contracts;
using Presence.Contracts.Users;
using Presence.Model.Access;
using Presence.Model.Addresses;
using Presence.Protocol.Commands;
using Presence.Sessions.Connections;

namespace Presence.Sessions.Authentication;

/// <summary>How requests prove passphrases: challenged always, so that it shows nothing (docs/protocol/access.md, "Passphrases").</summary>
internal sealed class PassphraseGate(IGrainFactory grains, PassphraseChallenges challenges)
{
    /// <summary>429 for who has guessed too often; else null.</summary>
    public Reply? Refuse(PassphraseAttempt attempt, DateTimeOffset now) =>
        challenges.RetryAfter(attempt.Guesser, now) is { } wait
            ? new Reply(429, "slow-down").With("retry", (long)Math.Ceiling(wait.TotalSeconds))
            : null;

    /// <summary>The proof that was given, if its nonce is ours, fresh, and for exactly this; each nonce once.</summary>
    public PassphraseProof? Redeem(PassphraseAttempt attempt, (string Nonce, byte[] Octets) given, DateTimeOffset now) =>
        challenges.Redeem(given.Nonce, attempt.Requester, attempt.Verb, attempt.Target, now)
            ? new PassphraseProof(attempt.Requester, attempt.Verb, attempt.Target, given.Nonce, given.Octets)
            : null;

    /// <summary>Counts a wrong guess.</summary>
    public void Failed(PassphraseAttempt attempt, DateTimeOffset now) => challenges.Failed(attempt.Guesser, now);

    /// <summary>For SUB: a proof that is right, or the challenge; neither for a request that speaks of no passphrase.</summary>
    public async ValueTask<(PassphraseProof? Proof, Reply? Challenge)> Prove(
        PassphraseAttempt attempt, Address node, SubscribeCommand subscribe, DateTimeOffset now)
    {
        if (!subscribe.SpeaksOfPassphrase)
            return (null, null);
        if (Refuse(attempt, now) is { } busy)
            return (null, busy);
        if (subscribe.Proof is { } given && Redeem(attempt, given, now) is { } proof)
        {
            if (await grains.GetUser(node).Accepts(proof))
                return (proof, null);
            Failed(attempt, now);
        }

        return (null, await Challenge(attempt, node, now));
    }

    public async Task<Reply> Challenge(PassphraseAttempt attempt, Address node, DateTimeOffset now)
    {
        var salt = await grains.GetUser(node).PassphraseFor(attempt.Place.Path);
        return new Reply(401, "pass-required")
            .With("salt", Base64Url.EncodeToString(salt?.Salt ?? challenges.MadeUpSalt(attempt.Target)))
            .With("i", salt?.Iterations ?? PassphraseVerifier.Iterations)
            .With("nonce", challenges.Issue(attempt.Requester, attempt.Verb, attempt.Target, now));
    }
}
