namespace Presence.Bench.Scenarios;

/// <summary>
/// As many notifications as the server can: each presentity says its next status as soon as all its watchers have the
/// last one, so nothing can be coalesced and every copy counts. So many changes each, or for as long as --seconds says: then a
/// quick server is looked at for as long as a slow one.
/// </summary>
internal sealed class FanOutScenario : IScenario
{
    private readonly BenchRun _run;
    private readonly int _presentities;
    private readonly int _watchers;
    private readonly int _changes;
    private readonly int _seconds;
    private readonly int[] _said;
    private readonly Lock _saying = new();
    private bool _isOver;
    private readonly int _beside;
    private readonly Audience _audience;

    public FanOutScenario(BenchRun run)
    {
        _run = run;
        _presentities = run.Option("presentities", 200);
        _watchers = run.Option("watchers", 50);
        _changes = run.Option("changes", 20);
        _seconds = run.Option("seconds", 0);
        _beside = run.Option("beside", 0);
        _said = new int[_presentities];
        _audience = new Audience(run, _presentities, _watchers) { Complete = Next };
    }

    public int Users => _audience.Users + _beside;

    public IEnumerable<Contact> Contacts => _audience.Contacts;

    public string Unit => "notifications";

    public string Sizes => $"{_presentities} presentities x {_watchers} watchers x "
        + (_seconds > 0 ? $"{_seconds} s" : $"{_changes} changes")
        + (_beside > 0 ? $", {_beside} other users" : "");

    public async Task Run()
    {
        // Those who are online and have nothing to do with it.
        await _run.Open(_audience.Users, _beside);
        await _audience.Gather();
        if (_seconds > 0)
            await GoOn();
        else
            Begin();
        await _run.Finish();
        await _run.Flush();
        _audience.CheckFinal(_said);
    }

    private void Begin()
    {
        _run.Tally.Expect((long)_presentities * _watchers * _changes);
        _run.BeginWarm();
        SayFirst();
    }

    private async Task GoOn()
    {
        _run.Begin();
        SayFirst();
        await _run.Pass(TimeSpan.FromSeconds(_seconds));

        // Who says something after that has not looked at it yet, and what was said before is expected.
        lock (_saying)
            _isOver = true;
    }

    private void SayFirst()
    {
        for (var presentity = 0; presentity < _presentities; presentity++)
            Next(presentity);
    }

    private void Next(int presentity)
    {
        lock (_saying)
        {
            if (_seconds > 0 ? _isOver : _said[presentity] == _changes)
                return;
            _said[presentity]++;
            if (_seconds > 0)
                _run.Tally.Expect(_watchers);
        }

        _audience.Change(presentity, _said[presentity], TimeProvider.System.GetTimestamp());
    }
}
