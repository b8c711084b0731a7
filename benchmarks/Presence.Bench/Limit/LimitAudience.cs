using System.Collections.Immutable;

namespace Presence.Bench.Limit;

/// <summary>Who gets the changes of one node, and who waits for leave.</summary>
internal sealed class LimitAudience
{
    private ImmutableArray<(LimitLink Link, string Id)> _members = [];
    private ImmutableHashSet<string> _approved = ImmutableHashSet.Create<string>(StringComparer.Ordinal);

    public ImmutableArray<(LimitLink Link, string Id)> Members => _members;

    /// <summary>The last status.</summary>
    public string Value { get; set; } = "online";

    public bool Knows(string user) => _approved.Contains(user);

    public void Approve(string user) => ImmutableInterlocked.Update(ref _approved, (set, one) => set.Add(one), user);

    public void Add(LimitLink link, string id) =>
        ImmutableInterlocked.Update(ref _members, (list, one) => list.Add(one), (link, id));
}
