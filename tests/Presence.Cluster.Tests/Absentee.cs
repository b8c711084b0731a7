using System.Globalization;
using Presence.Soak.Clients;
using Presence.Soak.Histories;

namespace Presence.Cluster.Tests;

/// <summary>Somebody who leaves while something happens, and whom another watches: he must not stay as a ghost.</summary>
internal sealed class Absentee(SoakClient client, SoakClient witness, RunClock clock)
{
    /// <summary>The witness's name for the subscription.</summary>
    public const string Subscription = "absent";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private long _left;

    public SoakClient Client => client;

    /// <summary>Comes, and the witness has seen it.</summary>
    public async Task Come(TimeSpan limit, CancellationToken cancel)
    {
        await client.Settle(cancel);
        await Until(told => told["val"] != "offline", "is not seen", limit, cancel);
    }

    /// <summary>From now on he is not there, whether he says so or his gateway has just been lost.</summary>
    public async Task Leave(bool isWithoutAWord, CancellationToken cancel)
    {
        _left = clock.Now;
        if (!isWithoutAWord)
            await client.Quit(cancel);
    }

    /// <summary>How long after he left he was shown offline.</summary>
    /// <exception cref="TimeoutException">He is not.</exception>
    public async Task<TimeSpan> Gone(TimeSpan limit, CancellationToken cancel)
    {
        var told = await Until(told => told["val"] == "offline", "is a ghost", limit, cancel);
        var took = TimeSpan.FromTicks(Math.Max(0, told.At - _left));
        return took <= limit ? took
            : throw new TimeoutException($"{client.Address} was a ghost for {took.TotalSeconds:0.0} s");
    }

    private async Task<Told> Until(Func<Told, bool> isSo, string fault, TimeSpan limit, CancellationToken cancel)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            await witness.Settle(cancel);
            var last = witness.Snapshot().Events
                .Where(told => told.Verb == "NOTIFY" && told["id"] == Subscription && told["val"] is not null)
                .MaxBy(told => long.Parse(told["ver"] ?? "0", CultureInfo.InvariantCulture));
            if (last is not null && isSo(last))
                return last;
            if (TimeProvider.System.GetElapsedTime(began) > limit)
                throw new TimeoutException($"{client.Address} {fault} after {limit.TotalSeconds:0} s: {last}");
            await Task.Delay(Pause, TimeProvider.System, cancel);
        }
    }
}
