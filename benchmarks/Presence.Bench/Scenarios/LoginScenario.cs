namespace Presence.Bench.Scenarios;

/// <summary>Connect, log in by SCRAM, be online, take leave, as fast as 16 at a time can.</summary>
internal sealed class LoginScenario(BenchRun run) : IScenario
{
    private const int AtOnce = 16;
    private readonly int _logins = run.Option("logins", 2000);

    // Never two at once with the same name: a conflict is not what is measured.
    public int Users => Math.Min(_logins, 200);

    public string Unit => "logins";

    public string Sizes => $"{_logins} logins, {AtOnce} at a time";

    public async Task Run()
    {
        // Each once before, so that the generator has the keys of all of them; see ScramLogin.
        await InLanes(Users, at => LogIn(at, counts: false));
        while (await run.NextHeat())
        {
            run.Tally.Expect(_logins);
            if (run.Heats.AreMany)
                run.Begin();
            else
                run.BeginWarm();
            await InLanes(_logins, at => LogIn(at, counts: true));
            await run.Finish();
        }
    }

    private static Task InLanes(int logins, Func<int, Task> logIn)
    {
        var next = -1;
        return Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ =>
        {
            for (var at = Interlocked.Increment(ref next); at < logins; at = Interlocked.Increment(ref next))
                await logIn(at);
        }));
    }

    private async Task LogIn(int at, bool counts)
    {
        var begun = TimeProvider.System.GetTimestamp();
        try
        {
            using var link = await run.OpenOne(at, at % Users);
            if (counts)
            {
                run.Tally.Deliver();
                run.Latency.AddSince(begun);
            }

            await link.Quit();
        }
        catch (Exception exception) when (exception is TimeoutException or BenchException)
        {
            run.Tally.Refused(exception.Message);
        }

        if (at % 1000 == 999)
            run.Say($"{at + 1} of {_logins}");
    }
}
