using Presence.Bench.Links;
using Presence.Bench.Load;

namespace Presence.Bench.Scenarios;

/// <summary>
/// All users lose their connection at once, come back, say their next status and watch their contacts again. It is over when
/// every one of them has the last status of every contact.
/// </summary>
internal sealed class StormScenario : IScenario
{
    private const int LoginsAtOnce = 64;
    private readonly BenchRun _run;
    private readonly Ring _ring;
    private readonly int[] _held;
    private Tally _tally;
    private int _round = 1;

    public StormScenario(BenchRun run)
    {
        _run = run;
        _ring = Ring.Of(run, 2000, 50);
        _held = new int[_ring.Users * _ring.Contacts];
        _tally = new Tally(run.Tally.Patience);
    }

    public int Users => _ring.Users;

    public IEnumerable<Contact> Contacts => _ring.Pairs;

    public string Unit => "contacts";

    public string Sizes => $"{_ring.Users} users x {_ring.Contacts} contacts";

    public async Task Run()
    {
        _tally.Expect(_held.Length);
        await Return(mayWatch: false);
        await _tally.Finish(tally => _run.Say($"{tally.Delivered} of {tally.Expected} first values"));
        if (_tally.Lost > 0)
            throw new BenchException($"{_tally.Lost} first values are lost.");

        _tally = _run.Tally;
        while (await _run.NextHeat())
            await Drop();
    }

    private async Task Drop()
    {
        _tally.Expect(_held.Length);
        _run.Say($"{_ring.Users} users drop");
        _run.Begin();
        _run.Forget();
        _round++;
        await Return(mayWatch: true);
        await _run.Finish();
        await _run.Flush();
        foreach (var number in _held)
        {
            if (number != _round)
                _tally.Mistake();
        }
    }

    private async Task Return(bool mayWatch)
    {
        var begun = TimeProvider.System.GetTimestamp();
        var links = await _run.Open(0, _ring.Users, Take, LoginsAtOnce, async link =>
        {
            link.Say(_round);
            if (mayWatch)
                await Watch(link);
            _run.Latency.AddSince(begun);
        });
        if (mayWatch)
            return;
        _run.Say($"{_held.Length} contacts");
        foreach (var chunk in links.Chunk(LoginsAtOnce))
            await Task.WhenAll(chunk.SelectMany(link => _ring.Around(link.Index).Select(link.Allow)));
        foreach (var chunk in links.Chunk(LoginsAtOnce))
            await Task.WhenAll(chunk.Select(Watch));
    }

    private Task Watch(ILink link) => Task.WhenAll(_ring.Around(link.Index).Select(link.Watch));

    private void Take(ILink link, Happening happening)
    {
        var (kind, owner, number) = happening;
        var slot = _ring.SlotOf(link.Index, owner);
        if (kind is not (HappeningKind.Value or HappeningKind.Gone) || slot < 0 || number > _round)
        {
            _tally.Mistake();
            return;
        }

        ref var held = ref _held[(link.Index * _ring.Contacts) + slot];
        if (held == _round && number == _round)
        {
            // A login that meets a change may bring one status twice where statuses carry no version.
            if (!_run.SpeaksXmpp)
                _tally.Double();
            return;
        }

        // What was right and is not any more shows in the end.
        held = kind == HappeningKind.Gone ? 0 : number;
        if (held == _round)
            _tally.Deliver();
    }
}
