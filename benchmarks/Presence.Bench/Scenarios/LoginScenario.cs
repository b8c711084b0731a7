namespace Presence.Bench.Scenarios;

/// <summary>Connect, HELLO, SCRAM, BIND, QUIT, as fast as 16 at a time can.</summary>
internal sealed class LoginScenario(BenchRun run) : IScenario
{
    private const int AtOnce = 16;
    private readonly int _logins = run.Option("logins", 2000);

    // Never two at once with the same name: a conflict is not what is measured.
    public int Users => Math.Min(_logins, 1000);

    public string Unit => "logins";

    public string Sizes => $"{_logins} logins, {AtOnce} at a time";

    public async Task Run()
    {
        run.Tally.Expect(_logins);
        run.Begin();
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async lane =>
        {
            for (var at = Interlocked.Increment(ref next); at < _logins; at = Interlocked.Increment(ref next))
                await LogIn(at);
        }));
        await run.Finish();
    }

    private async Task LogIn(int at)
    {
        var begun = TimeProvider.System.GetTimestamp();
        try
        {
            using var link = await run.OpenOne(at, at % Users);
            run.Tally.Deliver();
            run.Latency.AddSince(begun);
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
