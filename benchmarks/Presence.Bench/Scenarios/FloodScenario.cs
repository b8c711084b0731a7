using Presence.Bench.Links;
using Presence.Bench.Load;

namespace Presence.Bench.Scenarios;

/// <summary>
/// What others feel of clients that flood: pairs talk at a steady rate, in turns alone and beside flooders, so that what else
/// the machine does falls on both. Latency counts from when a message was due.
/// </summary>
internal sealed class FloodScenario(BenchRun run) : IScenario
{
    /// <summary>A node that is started for it keeps the limits of the field: they are what is tried.</summary>
    public const string Name = "flood";

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    private readonly int _pairs = run.Option("pairs", 20);
    private readonly int _rate = run.Option("rate", 400);
    private readonly int _seconds = run.Option("seconds", 5);
    private readonly int _rounds = run.Option("rounds", 3);
    private readonly int _flooders = run.Option("flooders", 8);
    private readonly int _floodRate = run.Option("flood", 5000);
    private readonly int _factor = run.Option("factor", 2);
    private readonly LatencyHistogram _quiet = new();
    private readonly List<Message> _messages = [];
    private ILink[] _senders = [];
    private long _floodSent;

    public int Users => (_pairs * 2) + _flooders;

    public string Unit => "messages";

    public string Sizes => $"{_pairs} pairs, {_rate}/s, {_flooders} flooders x {_floodRate}/s, {_rounds} x 2 x {_seconds} s";

    public IEnumerable<(string Name, double Value)> Extras =>
    [
        ("quiet p50 ms", _quiet.Percentile(0.50).TotalMilliseconds),
        ("quiet p99 ms", _quiet.Percentile(0.99).TotalMilliseconds),
        ("p99 beside flooders, times quiet", Growth),
        ("flood requests taken per second", _floodSent / (double)(_rounds * _seconds)),
    ];

    private double Growth =>
        run.Latency.Percentile(0.99) / TimeSpan.FromMicroseconds(Math.Max(1, _quiet.Percentile(0.99).TotalMicroseconds));

    public async Task Run()
    {
        _senders = await run.Open(0, _pairs);
        var receivers = await run.Open(_pairs, _pairs, Take);
        await Task.WhenAll(receivers.Select(one => one.Allow(one.Index)));
        var each = _rate * _seconds;
        for (var number = 0; number < each * ((_rounds * 2) + 1); number++)
            _messages.Add(new Message());
        run.Tally.Expect(_messages.Count);
        run.Begin();
        await Talk(0, each, null);
        for (var round = 0; round < _rounds; round++)
        {
            run.Say($"round {round + 1} of {_rounds}");
            await Talk(((2 * round) + 1) * each, each, _quiet);
            await TalkBesideFlooders(((2 * round) + 2) * each, each);
        }

        await run.Finish();
        await run.Flush();
        if (Growth > _factor)
            run.Tally.Refused($"p99 beside flooders is {Growth:0.0} times the quiet one");
    }

    private async Task TalkBesideFlooders(int first, int count)
    {
        var flooders = Enumerable.Range(_pairs * 2, _flooders).Select(user => new Flooder(run, user, _floodRate)).ToList();
        var floods = flooders.ConvertAll(flooder => flooder.Run());
        await Task.Delay(WarmUp, TimeProvider.System);
        var before = flooders.Sum(flooder => flooder.Sent);
        await Talk(first, count, run.Latency);
        _floodSent += flooders.Sum(flooder => flooder.Sent) - before;
        flooders.ForEach(flooder => flooder.Stop());
        await Task.WhenAll(floods);
        flooders.ForEach(flooder => flooder.Dispose());
    }

    /// <summary>Sends messages when they are due, and waits until they should be there.</summary>
    private async Task Talk(int first, int count, LatencyHistogram? latency)
    {
        await Pace.Keep(count, _rate, (number, due) =>
        {
            var (pair, message) = ((first + number) % _pairs, _messages[first + number]);
            (message.DueAt, message.Latency) = (due, latency);
            _senders[pair].Send(_pairs + pair, first + number, wantsReceipt: false);
        });

        var time = TimeProvider.System;
        var until = time.GetTimestamp();
        while (!_messages[first + count - 1].HasArrived && time.GetElapsedTime(until) < run.Tally.Patience)
            await Task.Delay(TimeSpan.FromMilliseconds(5), time);
    }

    private void Take(ILink link, Happening happening)
    {
        var number = happening.Number;
        if (happening.Kind != HappeningKind.Message || happening.User != link.Index || number < 0
            || number >= _messages.Count || number % _pairs != link.Index)
        {
            run.Tally.Mistake();
            return;
        }

        var message = _messages[number];
        if (message.HasArrived)
        {
            run.Tally.Double();
            return;
        }

        message.HasArrived = true;
        message.Latency?.AddSince(message.DueAt);
        run.Tally.Deliver();
    }

    private sealed class Message
    {
        private volatile bool _hasArrived;

        public long DueAt { get; set; }

        public LatencyHistogram? Latency { get; set; }

        public bool HasArrived
        {
            get => _hasArrived;
            set => _hasArrived = value;
        }
    }
}
