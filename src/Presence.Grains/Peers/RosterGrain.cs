using System.Collections.Immutable;
using Presence.Contracts.Peers;
using Presence.Model.Addresses;

namespace Presence.Grains.Peers;

internal sealed class RosterGrain : Grain, IRosterGrain
{
    /// <summary>As many as a group may have.</summary>
    private const int Most = 10_000;

    private ImmutableHashSet<Address> _members = [];
    private long _epoch;

    public Task<long> Install(long epoch, long? since, ImmutableArray<RosterLine> lines)
    {
        if (since is { } before && before != _epoch)
            return Task.FromResult(_epoch);
        var members = (since is null ? [] : _members).ToBuilder();
        foreach (var line in lines)
        {
            if (line.IsGone)
                members.Remove(line.Who);
            else
                members.Add(line.Who);
        }

        if (members.Count <= Most)
            (_members, _epoch) = (members.ToImmutable(), epoch);
        return Task.FromResult(_epoch);
    }

    public Task<KnownRoster> Read() => Task.FromResult(new KnownRoster(_epoch, [.. _members]));
}
