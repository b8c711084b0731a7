using System.Collections.Immutable;
using Presence.Model.Addresses;

namespace Presence.Contracts.Peers;

/// <summary>
/// Which of our users belong to a group of another domain, as that domain has told (ROSTER). Key: <see cref="MirrorKey"/> of our
/// domain and the group. In memory only: who has forgotten it says so, and is told again.
/// </summary>
[Alias("presence.roster")]
public interface IRosterGrain : IGrainWithStringKey
{
    /// <summary>Takes a list, or what has changed since another one; gives the epoch that it has then: this one if it was taken.</summary>
    /// <param name="epoch">What the list is called.</param>
    /// <param name="since">The epoch that the change builds on; null: the list is whole.</param>
    /// <param name="lines">Members.</param>
    [Alias("install")]
    Task<long> Install(long epoch, long? since, ImmutableArray<RosterLine> lines);

    /// <summary>The list that it has.</summary>
    [Alias("read")]
    Task<KnownRoster> Read();
}

/// <summary>Members of a group in one domain.</summary>
/// <param name="Epoch">What the list is called; 0 if there is none.</param>
/// <param name="Members">The members.</param>
[GenerateSerializer, Immutable, Alias("presence.known-roster")]
public sealed record KnownRoster(
    [property: Id(0)] long Epoch,
    [property: Id(1)] ImmutableArray<Address> Members);
