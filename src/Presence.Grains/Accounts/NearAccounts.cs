using System.Collections.Concurrent;
using Presence.Contracts.Nearby;
using Presence.Model.Accounts;
using Presence.Model.Addresses;

namespace Presence.Grains.Accounts;

/// <summary>
/// The verifiers of all account grains in memory on this silo (docs/decisions/0092). Names without an account are here too while
/// their grains are: looking one up must not cost anything else than looking up an account. Used from any thread.
/// </summary>
internal sealed class NearAccounts : INearAccounts
{
    private readonly ConcurrentDictionary<Address, Entry> _entries = new();

    public bool TryGetVerifier(Address user, out ScramVerifier? verifier)
    {
        var isKnown = _entries.TryGetValue(user, out var entry);
        verifier = entry?.Verifier;
        return isKnown;
    }

    /// <summary>A grain has come into memory. The newest activation's entry is the one that counts.</summary>
    public Entry Open(Address user, ScramVerifier? verifier) => _entries[user] = new Entry { Verifier = verifier };

    /// <summary>It leaves memory.</summary>
    public void Close(Address user, Entry entry) => _entries.TryRemove(KeyValuePair.Create(user, entry));

    /// <summary>What one activation lets others know.</summary>
    internal sealed class Entry
    {
        private volatile ScramVerifier? _verifier;

        /// <summary>As it is stored: null without an account.</summary>
        public ScramVerifier? Verifier
        {
            get => _verifier;
            set => _verifier = value;
        }
    }
}
