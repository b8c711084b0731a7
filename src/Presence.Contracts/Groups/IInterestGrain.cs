using System.Collections.Immutable;
using Orleans.Concurrency;
using Presence.Model.Addresses;
using Presence.Model.Groups;
using Presence.Model.Messages;
using Presence.Model.Replies;

namespace Presence.Contracts.Groups;

/// <summary>
/// Those of a domain who want messages of classes with the same first token. Key: <c>domain/token</c>; patterns that
/// begin with a wildcard stand together under <c>*</c>. A message is posted to both.
/// </summary>
[Alias("presence.interest")]
public interface IInterestGrain : IGrainWithStringKey
{
    /// <summary>431 when the user has too many interests, or the bucket is full.</summary>
    [Alias("join")]
    Task<Refusal?> Join(Address who, ClassPattern pattern);

    /// <summary>When it returns, nothing more reaches him for this pattern. What was never joined is left without a word.</summary>
    [Alias("leave")]
    Task Leave(Address who, ClassPattern pattern);

    /// <summary>
    /// Who joined exactly this pattern, for a group with that rule. Interleaves: it only reads, and is asked while somebody
    /// is being handed a message who is about to leave.
    /// </summary>
    [Alias("members")]
    [AlwaysInterleave]
    Task<ImmutableArray<Address>> MembersOf(ClassPattern pattern);

    /// <summary>Spreads a message by its class. False if too many are under way; not whether anybody listens.</summary>
    [Alias("post")]
    Task<bool> Post([Immutable] InstantMessage message);
}
