using Presence.Contracts.Peers;

namespace Presence.Federation.Links;

/// <summary>
/// Our requests on one link that have no answer yet, by tag. What was sent on a connection that is gone is sent again with
/// its tag: the other side knows it, or the request repeats harmlessly. An UNSUB is not sent before what it ends is answered: a SYNC or
/// SUB that is put off (429) would come after it and bring the subscription back. Any thread may call it.
/// </summary>
internal sealed class OutgoingRequests
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<long, OutgoingRequest> _byTag = [];
    private readonly Dictionary<(DomainPair Pair, long Number), long> _tagOf = [];
    private DateTimeOffset _pausedUntil;

    // The first three requests of a connection are HELLO, AUTH and BIND.
    private long _lastTag = 3;

    public long NextTag() => Interlocked.Increment(ref _lastTag);

    public bool IsEmpty
    {
        get
        {
            lock (_lock)
                return _byTag.Count == 0;
        }
    }

    /// <summary>Takes it; one that is known already is not taken again.</summary>
    public void Add(DomainPair pair, long number, PeerRequest request)
    {
        lock (_lock)
        {
            if (_tagOf.ContainsKey((pair, number)))
                return;
            var tag = NextTag();
            _byTag[tag] = new OutgoingRequest(tag, pair, number, request);
            _tagOf[(pair, number)] = tag;
        }
    }

    /// <summary>Takes out what is under way for a pair of domains: it goes another way from now on.</summary>
    public IReadOnlyList<OutgoingRequest> TakeAll(DomainPair pair)
    {
        lock (_lock)
        {
            var taken = _byTag.Values.Where(request => request.Pair == pair).ToList();
            taken.ForEach(request => Remove(request.Tag));
            return taken;
        }
    }

    /// <summary>It is answered or not wanted any more; gives it, or null if it is not known.</summary>
    public OutgoingRequest? Remove(long tag)
    {
        lock (_lock)
        {
            if (!_byTag.Remove(tag, out var request))
                return null;
            _tagOf.Remove((request.Pair, request.Number));
            return request;
        }
    }

    public void Forget(DomainPair pair, long number)
    {
        lock (_lock)
        {
            if (_tagOf.Remove((pair, number), out var tag))
                _byTag.Remove(tag);
        }
    }

    /// <summary>The next one to be sent, if fewer than <paramref name="inFlight"/> are under way; it counts as sent.</summary>
    public OutgoingRequest? TakeNext(int inFlight, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (now < _pausedUntil || _byTag.Values.Count(request => request.IsSent) >= inFlight)
                return null;
            OpenBeginnings? beginnings = null;
            foreach (var request in _byTag.Values)
            {
                if (request.IsSent || request.Request.Expires <= now)
                    continue;
                if (request.Request.Verb == OpenBeginnings.End
                    && (beginnings ??= new OpenBeginnings(_byTag.Values, now)).Precede(request))
                {
                    request.HasWaited = true;
                    continue;
                }

                var next = request.HasWaited ? Renew(request) : request;
                next.IsSent = true;
                return next;
            }

            return null;
        }
    }

    /// <summary>The other side has asked for a pause: the request waits with all others.</summary>
    public void Pause(OutgoingRequest request, DateTimeOffset until)
    {
        lock (_lock)
        {
            _pausedUntil = until;
            Renew(request);
        }
    }

    /// <summary>A new connection: nothing was sent on it.</summary>
    public void Rewind()
    {
        lock (_lock)
        {
            foreach (var request in _byTag.Values)
                request.IsSent = false;
        }
    }

    /// <summary>Others were sent meanwhile, and tags grow on the wire.</summary>
    private OutgoingRequest Renew(OutgoingRequest request)
    {
        var tag = NextTag();
        _byTag.Remove(request.Tag);
        _tagOf[(request.Pair, request.Number)] = tag;
        return _byTag[tag] = new OutgoingRequest(tag, request.Pair, request.Number, request.Request);
    }
}
