namespace Presence.Locating.Dns;

/// <summary>Answers of one kind, by name.</summary>
internal sealed class AnswerCache<T>(TimeProvider time, Func<double> share)
{
    /// <summary>Names kept; strangers may ask for any number.</summary>
    public const int MaxNames = 10_000;

    /// <summary>An answer that is over is still taken while nobody answers: for 24 h.</summary>
    public static readonly TimeSpan StaleTime = TimeSpan.FromHours(24);

    private static readonly TimeSpan Least = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan MostPositive = TimeSpan.FromHours(24);
    private static readonly TimeSpan MostNegative = TimeSpan.FromMinutes(15);

    // So that the nodes of a cluster do not all ask at the same moment.
    private const double LargestReduction = 0.1;

    private readonly Dictionary<string, Kept> _kept = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Task<DnsAnswer<T>>> _asking = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    /// <summary>The answer kept, or that of a question asked now, or of one that is under way.</summary>
    /// <param name="name">Key of the question.</param>
    /// <param name="ask">Asks; it is not cancelled when one of those who wait gives up.</param>
    /// <param name="isNegative">True if an answer that is found counts as none.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<DnsAnswer<T>> Find(
        string name, Func<CancellationToken, Task<DnsAnswer<T>>> ask, Func<DnsAnswer<T>, bool> isNegative,
        CancellationToken cancellationToken)
    {
        Task<DnsAnswer<T>> asking;
        lock (_gate)
        {
            if (_kept.TryGetValue(name, out var kept) && time.GetUtcNow() < kept.Until)
                return kept.Answer;
            if (!_asking.TryGetValue(name, out asking!))
            {
                asking = Ask(name, ask, isNegative);
                if (!asking.IsCompleted)
                    _asking[name] = asking;
            }
        }

        return await asking.WaitAsync(cancellationToken);
    }

    private async Task<DnsAnswer<T>> Ask(
        string name, Func<CancellationToken, Task<DnsAnswer<T>>> ask, Func<DnsAnswer<T>, bool> isNegative)
    {
        try
        {
            var answer = await ask(CancellationToken.None);
            lock (_gate)
                return Keep(name, answer, isNegative);
        }
        finally
        {
            lock (_gate)
                _asking.Remove(name);
        }
    }

    private DnsAnswer<T> Keep(string name, DnsAnswer<T> answer, Func<DnsAnswer<T>, bool> isNegative)
    {
        var now = time.GetUtcNow();
        if (answer.Outcome == DnsOutcome.Failed)
            return _kept.TryGetValue(name, out var old) && now < old.Asked + StaleTime ? old.Answer : answer;
        var most = answer.Outcome == DnsOutcome.Missing || isNegative(answer) ? MostNegative : MostPositive;
        var life = TimeSpan.FromTicks(Math.Clamp(answer.TimeToLive.Ticks, Least.Ticks, most.Ticks));
        MakeRoom(now);
        _kept[name] = new Kept(answer, now, now + life * (1 - LargestReduction * share()));
        return answer;
    }

    private void MakeRoom(DateTimeOffset now)
    {
        if (_kept.Count < MaxNames)
            return;
        foreach (var (name, kept) in _kept)
            if (kept.Until <= now)
                _kept.Remove(name);
        if (_kept.Count >= MaxNames)
            _kept.Remove(_kept.MinBy(pair => pair.Value.Asked).Key);
    }

    private sealed record Kept(DnsAnswer<T> Answer, DateTimeOffset Asked, DateTimeOffset Until);
}
