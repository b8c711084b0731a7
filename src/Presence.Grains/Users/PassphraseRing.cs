using System.Buffers.Text;
using System.Collections.Immutable;
using Presence.Contracts.Users;
using Presence.Model.Access;

namespace Presence.Grains.Users;

/// <summary>
/// What passphrases open at one node. A passphrase that stands for a subscription is remembered by its salt: one that was
/// replaced has another and opens nothing any more.
/// </summary>
internal sealed class PassphraseRing(NodeStore store)
{
    public bool IsEmpty => !store.HasPassphrases;

    /// <summary>The ids that this proof opens; none if it is wrong.</summary>
    public ImmutableArray<string> Ids(PassphraseProof proof) => [.. Accepting(proof).Select(p => p.Id)];

    /// <summary>What to remember of a proof; null if it is wrong.</summary>
    public string? Proven(PassphraseProof proof) => Accepting(proof).Select(NameOf).FirstOrDefault();

    /// <summary>The asker with what a remembered passphrase opens for him.</summary>
    public Asker Open(Asker asker, string? remembered) => remembered is null ? asker : asker with
    {
        Passphrases = [.. store.Passphrases.Where(p => NameOf(p) == remembered).Select(p => p.Id)],
    };

    private IEnumerable<PassphraseVerifier> Accepting(PassphraseProof proof) => store.Passphrases
        .Where(p => p.Accepts(proof.Octets, proof.Nonce, proof.Requester, proof.Verb, proof.Target));

    private static string NameOf(PassphraseVerifier verifier) => Base64Url.EncodeToString(verifier.Salt.Span);
}
