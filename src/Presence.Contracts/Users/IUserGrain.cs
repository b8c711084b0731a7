using Presence.Model.Addresses;
using Presence.Model.Replies;

namespace Presence.Contracts.Users;

/// <summary>
/// One user's node: properties, access, endpoints, inbox, and what the user watches. Key: <see cref="NodeKey"/>.
/// Refusals are values. A user grain calls its own subscription grain and never another user's grain while that could
/// wait for it, so no two grains can wait for each other.
/// </summary>
[Alias("presence.user")]
public partial interface IUserGrain : IGrainWithStringKey
{
    /// <summary>Makes the node of a user; the same again changes nothing. 409 if a group or service has the address.</summary>
    [Alias("create")]
    Task<Refusal?> Create();

    /// <summary>Takes the node out of the world: sessions end, subscriptions end with <c>noresource</c>.</summary>
    [Alias("remove")]
    Task Remove();

    [Alias("write")]
    Task<WriteAnswer> Write(WriteRequest request);

    [Alias("read")]
    Task<ReadAnswer> Read(ReadRequest request);

    /// <summary>The salt of the passphrase that opens a place, or null if none does. Not for clients: see "pass=yes".</summary>
    [Alias("passphrase")]
    Task<PassphraseSalt?> PassphraseFor(PropertyPath path);

    /// <summary>True if the proof is one of a passphrase of this node.</summary>
    [Alias("proven")]
    Task<bool> Accepts(PassphraseProof proof);

    /// <summary>The endpoints, for who may read them: status, capabilities, contact.</summary>
    [Alias("locate")]
    Task<ReadAnswer> Locate(Address person);
}
