using Presence.Bench.Links;

namespace Presence.Bench.Scenarios;

/// <summary>
/// Pairs that talk, one way. A pair keeps a window of messages open: the next goes out when one has arrived, or with
/// receipts when the receipt has.
/// </summary>
internal sealed class MessageScenario(BenchRun run) : IScenario
{
    private readonly int _pairs = run.Option("pairs", 100);
    private readonly int _messages = run.Option("messages", 200);
    private readonly int _window = run.Option("window", 4);
    private readonly bool _wantsReceipts = run.Flag("receipts");
    private bool[][] _arrived = [];
    private bool[][] _receipted = [];
    private long[][] _sentAt = [];
    private int[] _sent = [];
    private ILink[] _senders = [];

    public int Users => _pairs * 2;

    public string Unit => "messages";

    public string Sizes => $"{_pairs} pairs x {_messages} messages{(_wantsReceipts ? ", receipts" : "")}";

    public async Task Run()
    {
        _arrived = Table<bool>();
        _receipted = Table<bool>();
        _sentAt = Table<long>();
        _sent = new int[_pairs];
        _senders = await run.Open(0, _pairs, TakeReceipt);
        var receivers = await run.Open(_pairs, _pairs, TakeMessage);
        await Task.WhenAll(receivers.Select(one => one.Allow(one.Index)));
        run.Tally.Expect((long)_pairs * _messages * (_wantsReceipts ? 2 : 1));
        run.BeginWarm();
        for (var pair = 0; pair < _pairs; pair++)
        {
            for (var at = 0; at < _window; at++)
                Next(pair);
        }

        await run.Finish();
        await run.Flush();
    }

    private T[][] Table<T>() => [.. Enumerable.Range(0, _pairs).Select(_ => new T[_messages])];

    private void Next(int pair)
    {
        var number = Interlocked.Increment(ref _sent[pair]) - 1;
        if (number >= _messages)
            return;
        _sentAt[pair][number] = TimeProvider.System.GetTimestamp();
        _senders[pair].Send(_pairs + pair, number, _wantsReceipts);
    }

    private void TakeMessage(ILink link, Happening happening) =>
        Count(_arrived, link.Index, happening is { Kind: HappeningKind.Message } && happening.User == link.Index,
            happening.Number, isLast: !_wantsReceipts);

    private void TakeReceipt(ILink link, Happening happening) =>
        Count(_receipted, link.Index, happening is { Kind: HappeningKind.Receipt } && happening.User == _pairs + link.Index,
            happening.Number, isLast: true);

    private void Count(bool[][] seen, int pair, bool isRight, int number, bool isLast)
    {
        if (!isRight || number < 0 || number >= _messages)
        {
            run.Tally.Mistake();
            return;
        }

        if (seen[pair][number])
        {
            run.Tally.Double();
            return;
        }

        seen[pair][number] = true;
        if (isLast)
            run.Latency.AddSince(_sentAt[pair][number]);
        run.Tally.Deliver();
        if (isLast)
            Next(pair);
    }
}
