using System.Diagnostics.Metrics;
using Presence.Contracts;

namespace Presence.Sessions.Metrics;

/// <summary>
/// What this gateway counts (docs/operations/metrics.md). No label names a person or tells who is shut out: a polite refusal is
/// counted as the answer that it imitates.
/// </summary>
public sealed class SessionMetrics
{
    /// <summary>Name of the meter, for whoever exports it.</summary>
    public const string MeterName = "Presence.Sessions";

    private const string Other = "other";

    /// <summary>Codes as labels want them: each request would box one.</summary>
    private static readonly object[] Codes = [.. Enumerable.Range(0, 600).Select(code => (object)code)];

    private readonly Meter _meter;
    private readonly PresenceClock _clock;
    private readonly Counter<long> _requests;
    private readonly Histogram<double> _requestTime;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _coalesced;
    private readonly Counter<long> _resumes;
    private readonly Histogram<double> _notifyTime;

    public SessionMetrics(IMeterFactory factory, PresenceClock clock)
    {
        ArgumentNullException.ThrowIfNull(factory);
        _clock = clock;
        _meter = factory.Create(MeterName);
        _requests = _meter.CreateCounter<long>(
            "presence.sessions.requests", "{request}", "Requests answered, by verb and code.");
        _requestTime = _meter.CreateHistogram<double>(
            "presence.sessions.request.duration", "s", "From the request being read to its answer, by verb.");
        _refusals = _meter.CreateCounter<long>(
            "presence.sessions.refusals", "{refusal}", "What a limit has refused or cut, by limit.");
        _coalesced = _meter.CreateCounter<long>(
            "presence.sessions.coalesced", "{notification}", "Values that a newer one replaced before they were acknowledged.");
        _resumes = _meter.CreateCounter<long>(
            "presence.sessions.resumes", "{attempt}", "Attempts to resume a session, by outcome.");
        _notifyTime = _meter.CreateHistogram<double>(
            "presence.sessions.notify.duration", "s", "From a change at its node to the socket of a watcher.");
    }

    /// <summary>Now on the presence clock, which measures too.</summary>
    internal long Timestamp => _clock.Time.GetTimestamp();

    internal void Answered(string? verb, int code, long begun)
    {
        var word = KeyValuePair.Create("verb", (object?)(verb ?? Other));
        _requests.Add(1, word, new("code", Codes[code]));
        _requestTime.Record(_clock.Time.GetElapsedTime(begun).TotalSeconds, word);
        if (LimitWords.Of(verb, code) is { } limit)
            Refused(limit);
    }

    internal void Refused(string limit) => _refusals.Add(1, new KeyValuePair<string, object?>("limit", limit));

    internal void Coalesced() => _coalesced.Add(1);

    internal void Resumed(int code) =>
        _resumes.Add(1, new KeyValuePair<string, object?>("outcome", code switch
        {
            < 300 => "resumed",
            410 => "gone",
            _ => "refused",
        }));

    internal void Notified(DateTimeOffset changedAt) =>
        _notifyTime.Record(Math.Max(0, (_clock.Now - changedAt).TotalSeconds));

    /// <summary>Lets a number be asked for when somebody exports it.</summary>
    internal void Show(string name, string unit, string meaning, Func<long> read) =>
        _meter.CreateObservableUpDownCounter(name, read, unit, meaning);
}
