using Presence.Bench.Links;

namespace Presence.Bench.Scenarios;

/// <summary>
/// Users who let each other watch them, for longer than a session, and leave. Users stand in a ring; contacts are the nearest on
/// both sides. The one behind the last may ask for their status.
/// </summary>
internal sealed class GhostMaking(BenchRun run)
{
    private const int AtOnce = 16;
    private readonly Ring _ring = Ring.Of(run, 1000, 20);

    public int Users => _ring.Users;

    public string Sizes => $"{_ring.Users} users x {_ring.Contacts} contacts";

    public async Task Run()
    {
        run.Tally.Expect(_ring.Users * _ring.Contacts);
        var links = await run.Open(0, _ring.Users, Take);
        foreach (var some in links.Chunk(AtOnce))
            await Task.WhenAll(some.SelectMany(link => _ring.Around(link.Index).Append(_ring.Users).Select(link.Allow)));
        foreach (var some in links.Chunk(AtOnce))
        {
            foreach (var link in some)
            {
                foreach (var contact in _ring.Around(link.Index))
                    link.Ask(contact);
            }

            await Task.WhenAll(some.Select(link => link.Ping()));
        }

        await run.Tally.Finish(tally => run.Say($"{tally.Delivered} of {tally.Expected} subscriptions"));
        foreach (var some in links.Chunk(AtOnce))
            await Task.WhenAll(some.Select(link => link.Quit()));
    }

    private void Take(ILink link, Happening happening)
    {
        if (happening is { Kind: HappeningKind.Value, Number: 0 } && _ring.SlotOf(link.Index, happening.User) >= 0)
            run.Tally.Deliver();
        else if (happening.Kind != HappeningKind.Gone)
            run.Tally.Mistake();
    }
}
