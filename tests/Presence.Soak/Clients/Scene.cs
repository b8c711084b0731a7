using System.Collections.Concurrent;
using System.Net;
using Presence.Soak.Histories;
using Presence.Soak.Wire;

namespace Presence.Soak.Clients;

/// <summary>What all clients of a run share.</summary>
/// <param name="Groups">Addresses of the groups; the user with the same index made it.</param>
/// <param name="Pace">Mean time between two steps of a client.</param>
internal sealed record Scene(
    EndPoint Server, string Domain, IReadOnlyList<Account> Accounts, IReadOnlyList<string> Groups, TimeSpan Pace, RunClock Clock)
{
    /// <summary>Other servers of the same service, for when the first cannot be reached.</summary>
    public IReadOnlyList<EndPoint> Others { get; init; } = [];

    /// <summary>Where a user goes at this try: half of them begin with the first server, and each goes on to the next.</summary>
    public EndPoint ServerFor(int index, int tries) => (index + tries) % (Others.Count + 1) is var turn && turn == 0 ? Server : Others[turn - 1];

    /// <summary>How often each thing was done or happened: verbs, codes, cuts.</summary>
    public ConcurrentDictionary<string, long> Counts { get; } = new(StringComparer.Ordinal);

    public void Count(string what) => Counts.AddOrUpdate(what, 1, (_, count) => count + 1);

    /// <summary>Whom a user deals with: a few, so that they meet often.</summary>
    public IReadOnlyList<string> Neighbours(int index)
    {
        int[] steps = [1, 2, 3, 5, Accounts.Count - 1, Accounts.Count - 2, Accounts.Count - 4, Accounts.Count / 2];
        return [.. steps.Select(step => (index + step) % Accounts.Count).Where(other => other != index).Distinct()
            .Select(other => Accounts[other].Address)];
    }
}
