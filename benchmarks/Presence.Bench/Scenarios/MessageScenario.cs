using System.Buffers.Text;
using Presence.Bench.Wire;

namespace Presence.Bench.Scenarios;

/// <summary>
/// Pairs that talk, one way. A pair keeps a window of messages open: the next goes out when one has arrived, or with
/// receipts when the receipt has.
/// </summary>
internal sealed class MessageScenario(BenchRun run) : IScenario
{
    private const string Text = "The quick brown fox jumps over the lazy dog.";
    private readonly int _pairs = run.Option("pairs", 100);
    private readonly int _messages = run.Option("messages", 200);
    private readonly int _window = run.Option("window", 4);
    private readonly bool _wantsReceipts = run.Flag("receipts");
    private bool[][] _arrived = [];
    private bool[][] _receipted = [];
    private long[][] _sentAt = [];
    private int[] _sent = [];
    private PipLink[] _senders = [];

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
        await Task.WhenAll(receivers.Select(one => one.Require("APPROVE", $"~ who={run.Address(one.Index)}")));
        run.Tally.Expect((long)_pairs * _messages * (_wantsReceipts ? 2 : 1));
        run.Begin();
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
        var want = _wantsReceipts ? " want=delivered" : "";
        _senders[pair].Post("SEND",
            $"{run.Address(_pairs + pair)} mid=m{number} type=text/plain{want} {{{Text.Length}}}\r\n{Text}");
    }

    private void TakeMessage(PipLink link, WireLine line)
    {
        if (!line.Head.SequenceEqual("MSG"u8) || !IsFrom(line.Param(" from="u8), link.Index))
        {
            run.Tally.Mistake();
            return;
        }

        Count(_arrived, link.Index, line, isLast: !_wantsReceipts);
    }

    private void TakeReceipt(PipLink link, WireLine line)
    {
        if (!line.Head.SequenceEqual("RECEIPT"u8) || !line.Param(" disp="u8).SequenceEqual("delivered"u8))
        {
            run.Tally.Mistake();
            return;
        }

        Count(_receipted, link.Index, line, isLast: true);
    }

    private void Count(bool[][] seen, int pair, WireLine line, bool isLast)
    {
        var number = WireLine.Index(line.Param(" mid="u8));
        if (number < 0 || number >= _messages)
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

    private static bool IsFrom(ReadOnlySpan<byte> from, int sender) =>
        from.StartsWith("bench"u8) && Utf8Parser.TryParse(from[5..], out int number, out _) && number == sender;
}
