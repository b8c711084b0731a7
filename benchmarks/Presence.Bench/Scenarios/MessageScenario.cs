using Presence.Bench.Links;

namespace Presence.Bench.Scenarios;

/// <summary>
/// Pairs that talk, one way. A pair keeps a window of messages open: the next goes out when one has arrived, or with
/// receipts when the receipt has.
/// </summary>
internal sealed class MessageScenario : IScenario
{
    /// <summary>Of one pair, if they talk for some time: more than any server takes in a minute.</summary>
    private const int Most = 50_000;

    private readonly BenchRun _run;
    private readonly int _pairs;
    private readonly int _window;
    private readonly bool _wantsReceipts;
    private readonly Turns _turns;
    private bool[][] _arrived = [];
    private bool[][] _receipted = [];
    private long[][] _sentAt = [];
    private ILink[] _senders = [];

    public MessageScenario(BenchRun run)
    {
        _run = run;
        _pairs = run.Option("pairs", 100);
        _window = run.Option("window", 4);
        _wantsReceipts = run.Flag("receipts");
        _turns = new Turns(run, _pairs, run.Option("messages", 200), _wantsReceipts ? 2 : 1, Most);
    }

    public int Users => _pairs * 2;

    public string Unit => "messages";

    public string Sizes => $"{_pairs} pairs x {_turns.Sizes("messages")}{(_wantsReceipts ? ", receipts" : "")}";

    public async Task Run()
    {
        _arrived = Table<bool>();
        _receipted = Table<bool>();
        _sentAt = Table<long>();
        _senders = await _run.Open(0, _pairs, TakeReceipt);
        var receivers = await _run.Open(_pairs, _pairs, TakeMessage);
        await Task.WhenAll(receivers.Select(one => one.Allow(one.Index)));
        await _turns.Run(Next, _window);
        await _run.Flush();
    }

    private T[][] Table<T>() => [.. Enumerable.Range(0, _pairs).Select(_ => new T[_turns.Most])];

    private void Next(int pair)
    {
        if (_turns.Next(pair) - 1 is not { } number)
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
        if (!isRight || number < 0 || number >= _turns.Most)
        {
            _run.Tally.Mistake();
            return;
        }

        if (seen[pair][number])
        {
            _run.Tally.Double();
            return;
        }

        seen[pair][number] = true;
        if (isLast)
            _run.Latency.AddSince(_sentAt[pair][number]);
        _run.Tally.Deliver();
        if (isLast)
            Next(pair);
    }
}
