using Presence.Model.Addresses;

namespace Presence.Federation.Dialing;

/// <summary>Domains whose servers could not prove themselves: not tried again for 60 s.</summary>
internal sealed class UnprovenDomains(TimeProvider time)
{
    private const int MaxDomains = 10_000;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(60);

    private readonly Dictionary<Domain, (DateTimeOffset Until, DialFailure Failure)> _known = [];
    private readonly Lock _gate = new();

    /// <summary>Why the domain is not to be tried now, or null.</summary>
    public DialFailure? Find(Domain domain)
    {
        lock (_gate)
            return _known.TryGetValue(domain, out var known) && time.GetUtcNow() < known.Until ? known.Failure : null;
    }

    public void Add(Domain domain, DialFailure failure)
    {
        lock (_gate)
        {
            // Users name domains; that many of them unproven at a time are somebody's play.
            if (_known.Count >= MaxDomains)
                _known.Clear();
            _known[domain] = (time.GetUtcNow() + Pause, failure);
        }
    }
}
