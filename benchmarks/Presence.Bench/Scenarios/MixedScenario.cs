using Presence.Bench.Links;
using Presence.Testing;

namespace Presence.Bench.Scenarios;

/// <summary>
/// A day in a minute, with the limits of the field: in the first fifth all come, then each says a status or writes to a
/// contact every few seconds; in the fourth fifth one after the other says the last, in the last fifth all go. Whatever was written must arrive, and in the evening each must hold the last
/// status of every contact. The times between what one user does come from a seed and are the same in every run.
/// </summary>
internal sealed class MixedScenario : IScenario
{
    public const string Name = "mixed";

    private const ulong Seed = 7;
    private const int LoginsAtOnce = 64;
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(3);
    private readonly BenchRun _run;
    private readonly Ring _ring;
    private readonly TimeSpan _fifth;
    private readonly int[] _said;
    private readonly int[] _held;
    private readonly long[] _saidAt;
    private readonly int[] _written;
    private readonly long[] _writtenAt;
    private readonly int[] _read;
    private readonly int[] _last;
    private long _begun;
    private volatile bool _isEvening;

    public MixedScenario(BenchRun run)
    {
        _run = run;
        _ring = Ring.Of(run, 500, 20);
        _fifth = TimeSpan.FromSeconds(run.Option("seconds", 60)) / 5;
        _said = new int[_ring.Users];
        _last = new int[_ring.Users];
        _saidAt = new long[_ring.Users];
        _held = new int[_ring.Users * _ring.Contacts];
        _written = new int[_held.Length];
        _writtenAt = new long[_held.Length];
        _read = new int[_held.Length];
    }

    public int Users => _ring.Users;

    public IEnumerable<Contact> Contacts => _ring.Pairs;

    public string Unit => "deliveries";

    public string Sizes => $"{_ring.Users} users x {_ring.Contacts} contacts, {5 * _fifth.TotalSeconds:0} s";

    public async Task Run()
    {
        await _run.Open(0, _ring.Users, atOnce: LoginsAtOnce, then: async link =>
        {
            await Task.WhenAll(_ring.Around(link.Index).Select(link.Allow));
            await link.Quit();
        });
        _run.Forget();
        while (await _run.NextHeat())
            await Day();
    }

    private async Task Day()
    {
        _isEvening = false;
        _run.Begin();
        _begun = TimeProvider.System.GetTimestamp();
        var links = new ILink[_ring.Users];
        await Task.WhenAll(Enumerable.Range(0, _ring.Users).Select(async user =>
        {
            await Until(_fifth * user / _ring.Users);
            links[user] = await _run.OpenOne(user, user, Take);
            await Task.WhenAll(_ring.Around(user).Select(links[user].Watch));
        }));
        _run.Say("all have come");
        await Task.WhenAll(links.Select(Work));
        await _run.Tally.Finish(tally => _run.Say($"{tally.Delivered} of {tally.Expected}"));
        await Judge(links);
        _isEvening = true;
        await Task.WhenAll(links.Select(async link =>
        {
            await Until((_fifth * 4) + (_fifth * link.Index / _ring.Users));
            await link.Quit();
            link.Dispose();
        }));
        _run.End();
    }

    private static TimeSpan Gap(SeededGenerator chance) => Least + (Pace * chance.Next(2000) / 1000);

    /// <summary>What one user does between morning and evening.</summary>
    private async Task Work(ILink link)
    {
        var chance = new SeededGenerator(Seed + (ulong)link.Index);
        // One after the other: if all said it at once, that one burst would decide half of the latencies.
        var last = (_fifth * 3) + (_fifth * (link.Index + 1) / _ring.Users);
        for (var next = _fifth + Gap(chance); next < last; next += Gap(chance))
        {
            await Until(next);
            if (chance.Next(2) == 0)
                Say(link);
            else
                Write(link, _ring.Around(link.Index).ElementAt(chance.Next(_ring.Contacts)));
        }

        // Nobody has seen the last one before, and all must.
        await Until(last);
        _run.Tally.Expect(_ring.Contacts);
        Volatile.Write(ref _last[link.Index], _said[link.Index] + 1);
        Say(link);
    }

    private void Say(ILink link)
    {
        Volatile.Write(ref _saidAt[link.Index], TimeProvider.System.GetTimestamp());
        link.Say(++_said[link.Index]);
    }

    private void Write(ILink link, int contact)
    {
        var way = (link.Index * _ring.Contacts) + _ring.SlotOf(link.Index, contact);
        Volatile.Write(ref _writtenAt[way], TimeProvider.System.GetTimestamp());
        _run.Tally.Expect(1);
        link.Send(contact, (way * 1000) + ++_written[way], wantsReceipt: false);
    }

    private async Task Judge(ILink[] links)
    {
        // Behind the answer nothing can follow that was written before.
        await Task.WhenAll(links.Select(link => link.Ping()));
        foreach (var link in links)
        {
            foreach (var contact in _ring.Around(link.Index))
            {
                if (_held[(link.Index * _ring.Contacts) + _ring.SlotOf(link.Index, contact)] != _said[contact])
                    _run.Tally.Mistake();
            }
        }
    }

    private void Take(ILink link, Happening happening)
    {
        if (_isEvening || happening.Kind == HappeningKind.Gone)
            return;
        var slot = _ring.SlotOf(link.Index, happening.User);
        if (slot < 0 || happening.Kind is not (HappeningKind.Value or HappeningKind.Message))
            _run.Tally.Mistake();
        else if (happening.Kind == HappeningKind.Value)
            TakeValue((link.Index * _ring.Contacts) + slot, happening);
        else
            TakeMessage((happening.User * _ring.Contacts) + _ring.SlotOf(happening.User, link.Index), happening.Number);
    }

    private void TakeValue(int place, Happening told)
    {
        var (_, owner, number) = told;
        ref var held = ref _held[place];
        if (number > _said[owner])
        {
            _run.Tally.Mistake();
        }
        else if (number <= held)
        {
            // Who says "online" may be heard of twice in the morning, once as he is found and once as he comes.
            if (number > 0)
                _run.Tally.Double();
        }
        else
        {
            held = number;
            if (number < _said[owner])
                return;
            _run.Latency.AddSince(Volatile.Read(ref _saidAt[owner]));
            if (number == Volatile.Read(ref _last[owner]))
                _run.Tally.Deliver();
        }
    }

    private void TakeMessage(int way, int number)
    {
        if (number / 1000 != way)
        {
            _run.Tally.Mistake();
            return;
        }

        _run.Tally.DeliverNext(ref _read[way], number % 1000);
        if (number % 1000 == Volatile.Read(ref _written[way]))
            _run.Latency.AddSince(Volatile.Read(ref _writtenAt[way]));
    }

    private async Task Until(TimeSpan moment)
    {
        var left = moment - TimeProvider.System.GetElapsedTime(_begun);
        if (left > TimeSpan.Zero)
            await Task.Delay(left, TimeProvider.System);
    }
}
