namespace Presence.Bench.Scenarios;

/// <summary>
/// As many notifications as the server can: each presentity says its next status as soon as all its watchers have the
/// last one, so nothing can be coalesced and every copy counts.
/// </summary>
internal sealed class FanOutScenario : IScenario
{
    private readonly BenchRun _run;
    private readonly int _presentities;
    private readonly int _watchers;
    private readonly int _beside;
    private readonly Turns _turns;
    private readonly Audience _audience;

    public FanOutScenario(BenchRun run)
    {
        _run = run;
        _presentities = run.Option("presentities", 200);
        _watchers = run.Option("watchers", 50);
        _beside = run.Option("beside", 0);
        _turns = new Turns(run, _presentities, run.Option("changes", 20), _watchers);
        _audience = new Audience(run, _presentities, _watchers) { Complete = Next };
    }

    public int Users => _audience.Users + _beside;

    public IEnumerable<Contact> Contacts => _audience.Contacts;

    public string Unit => "notifications";

    public string Sizes => $"{_presentities} presentities x {_watchers} watchers x {_turns.Sizes("changes")}"
        + (_beside > 0 ? $", {_beside} other users" : "");

    public async Task Run()
    {
        // Those who are online and have nothing to do with it.
        await _run.Open(_audience.Users, _beside);
        await _audience.Gather();
        await _turns.Run(Next);
        await _run.Flush();
        _audience.CheckFinal(_turns.Taken);
    }

    private void Next(int presentity)
    {
        if (_turns.Next(presentity) is { } number)
            _audience.Change(presentity, number, TimeProvider.System.GetTimestamp());
    }
}
