using Presence.Bench.Load;

namespace Presence.Bench.Scenarios;

/// <summary>
/// A steady rate, and how long each notification takes. Changes go out when they are due, whether or not the ones
/// before have arrived, and latency counts from when they were due: a server that stalls cannot hide it.
/// </summary>
internal sealed class PacedScenario : IScenario
{
    // The first quarter is counted, but not timed.
    private const int WarmUpPart = 4;
    private readonly BenchRun _run;
    private readonly int _presentities;
    private readonly int _watchers;
    private readonly int _rate;
    private readonly int _changes;
    private readonly Audience _audience;
    private int _said;

    public PacedScenario(BenchRun run)
    {
        _run = run;
        _presentities = run.Option("presentities", 200);
        _watchers = run.Option("watchers", 50);
        _rate = run.Option("rate", 2000);
        // Whole rounds, so that each presentity ends with the same number.
        _changes = Math.Max(1, run.Option("seconds", 20) * _rate / _watchers / _presentities);
        _audience = new Audience(run, _presentities, _watchers);
    }

    public int Users => _audience.Users;

    public IEnumerable<Contact> Contacts => _audience.Contacts;

    public string Unit => "notifications";

    public string Sizes => $"{_rate}/s, {_presentities} presentities x {_watchers} watchers x {_changes} changes";

    public async Task Run()
    {
        await _audience.Gather();
        _audience.HoldAcknowledgements();
        while (await _run.NextHeat())
        {
            _run.Tally.Expect((long)_presentities * _watchers * _changes);
            _run.Begin();
            var sending = Send();
            await _run.Finish(() => !sending.IsCompleted);
            await sending;
            _said += _changes;
        }

        await _run.Flush();
        _audience.CheckFinal([.. Enumerable.Repeat(_said, _presentities)]);
    }

    private Task Send()
    {
        var time = TimeProvider.System;
        _audience.MeasuresFrom = time.GetTimestamp() + (time.TimestampFrequency * _run.Option("seconds", 20) / WarmUpPart);
        // Between two changes the watchers acknowledge. All of them share a core here: if each did it as it reads, it would hold up the others.
        return Pace.Keep(
            2 * _presentities * _changes,
            2d * _rate / _watchers,
            (step, due) =>
            {
                if (step % 2 == 0)
                    _audience.Change(step / 2 % _presentities, _said + (step / 2 / _presentities) + 1, due);
                else
                    _audience.Acknowledge();
            });
    }
}
