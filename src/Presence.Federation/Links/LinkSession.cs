using System.Collections.Concurrent;
using System.Collections.Immutable;
using Presence.Contracts.Peers;
using Presence.Model.Addresses;
using Presence.Sessions.Connections;
using Presence.Sessions.Delivery;

namespace Presence.Federation.Links;

/// <summary>
/// What two domains know of each other's frames: it begins with BIND and outlives connections until one of them is not
/// resumed in time.
/// </summary>
/// <param name="pair">The domains that HELLO and AUTH have named.</param>
/// <param name="id">Name that the accepting side has given (<c>sid</c>).</param>
/// <param name="key">The key that resumes it, as the opening side was told; the accepting side checks <see cref="Secret"/>.</param>
/// <param name="options">Limits.</param>
/// <param name="time">The presence clock's time.</param>
internal sealed class LinkSession(
    DomainPair pair, string id, string? key, PeerLinkOptions options, TimeProvider time)
{
    private static long _last;

    // Besides the first pair those whose domain was claimed. Few, and read by any thread.
    private ImmutableHashSet<DomainPair> _pairs = [pair];

    public DomainPair Pair { get; } = pair;

    public string Id { get; } = id;

    /// <summary>Growing over all sessions of this process.</summary>
    public long Number { get; } = Interlocked.Increment(ref _last);

    /// <summary>What we present to resume it; null on the accepting side.</summary>
    public string? Key { get; set; } = key;

    /// <summary>What the other side must present; null on the opening side.</summary>
    public ResumeKey? Secret { get; } = key is null ? new ResumeKey() : null;

    public Outbox Outbox { get; } = new(options.Events, options.MaxQueuedOctets);

    /// <summary>Replies to the other side's requests, by tag.</summary>
    public ReplyCache Replies { get; } = new(time);

    /// <summary>Tags of requests that are being executed.</summary>
    public ConcurrentDictionary<long, bool> Executing { get; } = new();

    /// <summary>Number of the last event of the other side that was dealt with.</summary>
    public long Seen { get; set; }

    /// <summary>True once something could not be kept for it: it must not be resumed, so that SYNC repairs it.</summary>
    public bool IsBroken { get; set; }

    /// <summary>Domains of ours whose claim the other side has not believed: it would not believe the next one either.</summary>
    public ConcurrentDictionary<Domain, bool> Doubted { get; } = new();

    /// <summary>May frames of this pair of domains be on the session?</summary>
    public bool Serves(DomainPair other) => _pairs.Contains(other);

    /// <summary>Does the other side speak for this domain?</summary>
    public bool HasRemote(Domain domain) => _pairs.Any(served => served.Remote == domain);

    /// <summary>True if the other side needs no <c>t=</c> where the version tells it.</summary>
    public bool OmitsTime { get; init; }

    /// <summary>How events about a pair are written here.</summary>
    public EventForm FormFor(DomainPair other) => new(other.Remote == Pair.Remote ? null : other.Remote, OmitsTime);

    /// <summary>A further domain was proven.</summary>
    public void Add(DomainPair other) =>
        ImmutableInterlocked.Update(ref _pairs, static (set, added) => set.Add(added), other);

    /// <summary>It is not spoken with any more.</summary>
    public void Remove(DomainPair other) =>
        ImmutableInterlocked.Update(ref _pairs, static (set, gone) => set.Remove(gone), other);
}
