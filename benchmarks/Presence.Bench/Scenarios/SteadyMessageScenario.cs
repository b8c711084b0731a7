using Presence.Bench.Links;
using Presence.Bench.Load;

namespace Presence.Bench.Scenarios;

/// <summary>
/// Pairs that talk at a steady rate in all. Messages go out when they are due, and latency counts from then: a server that
/// stalls cannot hide it.
/// </summary>
internal sealed class SteadyMessageScenario : IScenario
{
    // The first quarter is counted, but not timed.
    private const int WarmUpPart = 4;
    private readonly BenchRun _run;
    private readonly int _pairs;
    private readonly int _rate;
    private readonly int _messages;
    private bool[] _arrived;
    private long[] _dueAt;

    public SteadyMessageScenario(BenchRun run)
    {
        _run = run;
        _pairs = run.Option("pairs", 100);
        _rate = run.Option("rate", 500);
        _messages = _rate * run.Option("seconds", 10);
        _arrived = [];
        _dueAt = [];
    }

    public int Users => _pairs * 2;

    public string Unit => "messages";

    public string Sizes => $"{_pairs} pairs, {_rate}/s, {_messages} messages";

    public async Task Run()
    {
        var senders = await _run.Open(0, _pairs);
        var receivers = await _run.Open(_pairs, _pairs, Take);
        await Task.WhenAll(receivers.Select(one => one.Allow(one.Index)));
        while (await _run.NextHeat())
        {
            Array.Resize(ref _arrived, _arrived.Length + _messages);
            Array.Resize(ref _dueAt, _arrived.Length);
            _run.Tally.Expect(_messages);
            _run.Begin();
            var sending = Send(senders, _arrived.Length - _messages);
            await _run.Finish(() => !sending.IsCompleted);
            await sending;
        }

        await _run.Flush();
    }

    private Task Send(ILink[] senders, int first) => Pace.Keep(_messages, _rate, (step, due) =>
    {
        var number = first + step;
        _dueAt[number] = due;
        senders[number % _pairs].Send(_pairs + (number % _pairs), number, wantsReceipt: false);
    });

    private void Take(ILink link, Happening happening)
    {
        var (kind, sender, number) = happening;
        if (kind != HappeningKind.Message || sender != link.Index || number < 0 || number >= _arrived.Length
            || number % _pairs != sender)
        {
            _run.Tally.Mistake();
            return;
        }

        if (_arrived[number])
        {
            _run.Tally.Double();
            return;
        }

        _arrived[number] = true;
        if (number % _messages >= _messages / WarmUpPart)
            _run.Latency.AddSince(_dueAt[number]);
        _run.Tally.Deliver();
    }
}
