using Presence.Bench.Links;

namespace Presence.Bench.Scenarios;

/// <summary>
/// A group in which some talk and all listen. An author sends his next message when all the others have the last one. No copy
/// to the author is counted.
/// </summary>
internal sealed class GroupScenario : IScenario
{
    private readonly BenchRun _run;
    private readonly int _members;
    private readonly int _authors;
    private readonly Turns _turns;
    private readonly string _group = $"group-{Environment.ProcessId}";
    private readonly int[] _last;
    private readonly int[] _left;
    private readonly long[] _sentAt;
    private ILink[] _links = [];

    public GroupScenario(BenchRun run)
    {
        _run = run;
        _members = run.Option("members", 200);
        _authors = Math.Min(_members, run.Option("authors", 10));
        _turns = new Turns(run, _authors, run.Option("messages", 100), _members - 1);
        _last = new int[_members * _authors];
        _left = new int[_authors];
        _sentAt = new long[_authors];
    }

    public int Users => _members;

    public string Unit => "deliveries";

    public string Sizes => $"{_members} members, {_authors} authors x {_turns.Sizes("messages")}";

    public async Task Run()
    {
        _links = await _run.Open(0, _members, Take);
        await _links[0].Enter(_group, isFirst: true);
        foreach (var link in _links.Skip(1))
            await link.Enter(_group, isFirst: false);
        await _turns.Run(Next);
        await _run.Flush();
    }

    private void Next(int author)
    {
        if (_turns.Next(author) is not { } number)
            return;
        _left[author] = _members - 1;
        _sentAt[author] = TimeProvider.System.GetTimestamp();
        _links[author].SendToGroup(_group, number);
    }

    private void Take(ILink link, Happening happening)
    {
        var (kind, author, number) = happening;
        if (kind != HappeningKind.GroupMessage || author < 0 || author >= _authors || author == link.Index
            || number < 1 || number > _turns.Taken[author])
        {
            _run.Tally.Mistake();
            return;
        }

        ref var last = ref _last[(link.Index * _authors) + author];
        var before = last;
        _run.Tally.DeliverNext(ref last, number);
        if (last == before)
            return;
        _run.Latency.AddSince(_sentAt[author]);
        if (Interlocked.Decrement(ref _left[author]) == 0)
            Next(author);
    }
}
