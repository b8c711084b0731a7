using System.Security.Cryptography;
using Presence.Model.Access;
using Presence.Model.Addresses;
using Presence.Model.Properties;
using Presence.Model.Substitution;

namespace Presence.Grains.Users;

/// <summary>
/// Keeps what lasts of a node. What cannot be stored has not happened: the caller gets the exception, nothing in memory
/// has changed, and the activation goes, so that the next one reads what is true.
/// </summary>
internal sealed class NodeStore(IPersistentState<NodeRecord> record, UserNode node, Action deactivate)
{
    /// <summary>The name of the state that holds a node.</summary>
    public const string StateName = "node";

    /// <summary>Reads the node if there is one; false if nobody holds the address.</summary>
    public bool Load(DateTimeOffset now)
    {
        if (record.RecordExists)
            node.Load(record.State, now);
        return record.RecordExists;
    }

    /// <summary>A node that nobody has stored yet, with an id of its own.</summary>
    public static NodeRecord Draft(DateTimeOffset now, string kind, Address? owner) => new()
    {
        Created = now.ToUnixTimeMilliseconds(),
        NodeId = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)),
        Kind = kind,
        Owner = owner?.ToString(),
    };

    public async Task Create(NodeRecord draft, DateTimeOffset now)
    {
        await Write(draft);
        node.Load(record.State, now);
    }

    public async Task Clear()
    {
        await record.ClearStateAsync();
        node.Forget();
    }

    // What is gained is told from what stands in the record, line by line.
    public Task Write(NodeProperties properties, NodeAccess access, PastViews past) => Write(
        ReferenceEquals(properties, node.Properties) && ReferenceEquals(past, node.Past) && access.HasOnlyGained(node.Access)
            && record.State.Added.Entries.Count == node.Access.Added.Entries.Length
            ? record.State.Grown(access.Added, access.Persons.Version)
            : record.State.With(properties, access, past));

    public bool HasPassphrases => record.State.Passphrases.Count > 0;

    public IEnumerable<PassphraseVerifier> Passphrases => record.State.Passphrases.Select(p => p.ToVerifier());

    /// <summary>Sets a passphrase, or takes the one with this id away.</summary>
    public Task Write(string id, PassphraseVerifier? verifier)
    {
        var next = record.State.With(node.Properties, node.Access, node.Past);
        next.Passphrases = [.. next.Passphrases.Where(p => p.Id != id)];
        if (verifier is not null)
            next.Passphrases.Add(StoredPassphrase.Of(verifier));
        return Write(next);
    }

    private Task Write(NodeRecord next) => record.Write(next, deactivate);
}
