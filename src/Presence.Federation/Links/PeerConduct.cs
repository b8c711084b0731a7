using Presence.Contracts;
using Presence.Model.Addresses;

namespace Presence.Federation.Links;

/// <summary>
/// How other domains behave. One that floods, or speaks for people of others, or sends what is no frame, is left alone for a while:
/// ten minutes at first, twice as long each time, and as at first again after a day (docs/decisions/0074).
/// </summary>
internal sealed class PeerConduct(PresenceClock clock)
{
    /// <summary>Misdeeds a minute that are borne: they may be somebody's fault and not his will.</summary>
    private const int Borne = 10;

    /// <summary>Domains that are remembered; beyond it the one that was bad longest ago is forgotten.</summary>
    private const int Most = 10_000;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan First = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly Dictionary<Domain, Record> _records = [];
    private readonly Lock _lock = new();

    /// <summary>How long nothing is heard of this domain; null: it is welcome.</summary>
    public TimeSpan? LeftOf(Domain domain)
    {
        lock (_lock)
            return _records.TryGetValue(domain, out var record) && record.Until > clock.Now ? record.Until - clock.Now : null;
    }

    /// <summary>Something that a good server does not do, and a broken one might.</summary>
    public void Misdeed(Domain domain)
    {
        lock (_lock)
        {
            var record = Of(domain);
            if (clock.Now - record.Since >= Minute)
                (record.Since, record.Misdeeds) = (clock.Now, 0);
            if (++record.Misdeeds > Borne)
                ShutOut(record);
        }
    }

    /// <summary>It did not stop when it was asked to.</summary>
    public void ShutOut(Domain domain)
    {
        lock (_lock)
            ShutOut(Of(domain));
    }

    private void ShutOut(Record record)
    {
        if (record.Until > clock.Now)
            return;
        record.Pause = record.Pause == default || clock.Now - record.Until > Day ? First
            : record.Pause * 2 < Day ? record.Pause * 2
            : Day;
        record.Until = clock.Now + record.Pause;
        record.Misdeeds = 0;
    }

    private Record Of(Domain domain)
    {
        if (_records.TryGetValue(domain, out var record))
            return record;
        if (_records.Count >= Most)
            _records.Remove(_records.MinBy(pair => pair.Value.Until).Key);
        return _records[domain] = new Record { Since = clock.Now };
    }

    private sealed class Record
    {
        public DateTimeOffset Since { get; set; }

        public int Misdeeds { get; set; }

        public DateTimeOffset Until { get; set; }

        public TimeSpan Pause { get; set; }
    }
}
