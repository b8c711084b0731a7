using Presence.Protocol.Framing;

namespace Presence.Federation.Links;

/// <summary>
/// Which requests of a link wait for each other: those about one place are executed in their order, the others beside each
/// other, since one slow node must not hold up a domain. SYNC speaks of many places, and what it names comes to life: so an
/// UNSUB that came after it is executed after it, and one that came before it, before it.
/// </summary>
internal sealed class RequestLanes
{
    private const string Sync = "SYNC";

    private readonly Dictionary<string, Task> _last = new(StringComparer.Ordinal);
    private Task _ends = Task.CompletedTask;

    /// <param name="request">What has come.</param>
    /// <param name="execute">Executes it when the task that it is given is done; must not throw.</param>
    public void Add(Frame request, Func<Task, Task> execute)
    {
        var lane = LaneOf(request);
        lock (_last)
        {
            var before = _last.GetValueOrDefault(lane, Task.CompletedTask);
            var after = execute(request.Verb switch
            {
                Sync => Task.WhenAll(before, _ends),
                "UNSUB" => Task.WhenAll(before, _last.GetValueOrDefault(Sync, Task.CompletedTask)),
                _ => before,
            });
            if (request.Verb == "UNSUB")
                _ends = Task.WhenAll(_ends, after);
            _last[lane] = after;
            _ = after.ContinueWith(done => Leave(lane, done), TaskScheduler.Default);
        }
    }

    /// <summary>UNSUB has an id for its target and tells the place beside it: it must not overtake a SUB there, nor be overtaken.</summary>
    private static string LaneOf(Frame request) =>
        (request.Verb == "UNSUB" ? request.Parameters["at"] : null) ?? request.Target ?? request.Verb;

    private void Leave(string lane, Task done)
    {
        lock (_last)
        {
            if (_last.GetValueOrDefault(lane) == done)
                _last.Remove(lane);
        }
    }
}
