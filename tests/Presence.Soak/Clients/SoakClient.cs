using System.Globalization;
using Presence.Soak.Histories;
using Presence.Soak.Wire;
using Presence.Testing;

namespace Presence.Soak.Clients;

/// <summary>One user with one endpoint: does its plan, loses its connection, comes back.</summary>
internal sealed class SoakClient(Scene scene, int index, SeededGenerator dice)
{
    private const int MostTries = 40;
    private const int Unavailable = 503;
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(30);
    private readonly HistoryRecorder _history = new(scene.Accounts[index].Address, scene.Clock);
    private readonly Account _account = scene.Accounts[index];
    private Link? _link;
    private string? _sid;
    private string? _key;
    private long _tag;
    private int _values;
    private int _moves;
    private Call? _sync;
    private (string Show, long Asked)? _binding;

    public string Address => _account.Address;

    public int Index => index;

    public SeededGenerator Dice => dice;

    public Scene Scene => scene;

    public ICollection<Held> Held => Link.Held.Values;

    private Link Link => _link ??= new Link(scene, _history);

    public History Snapshot() => _history.Snapshot();

    /// <summary>A value that nobody has written before.</summary>
    public string NextValue() => string.Create(CultureInfo.InvariantCulture, $"v{index}-{++_values}");

    /// <summary>Sends a request and does not wait.</summary>
    public async Task<Call> Post(
        string verb, string target, IEnumerable<(string Name, string Value)> with, CancellationToken cancel, string body = "")
    {
        var call = Record(verb, target, with, body);
        if (Link.IsUp)
            await Link.Write(call, cancel);
        return call;
    }

    /// <summary>Cuts the connection, perhaps in the middle of a request, which is repeated later.</summary>
    public async Task Cut(CancellationToken cancel)
    {
        var half = dice.Chance(40) ? Record("SET", "~/note", [("val", NextValue())], "") : null;
        await Link.Cut(half, dice.Chance(30), cancel);
    }

    /// <summary>Forgets the session, as a client that was restarted does; what it asked stays unknown.</summary>
    public void Forget()
    {
        scene.Count("session forgotten");
        _sid = null;
    }

    public async Task Quit(CancellationToken cancel)
    {
        await Settle(cancel);
        _history.Disconnect(_history.Now);
        await Post("QUIT", "", [], cancel);
        await Link.Down.WaitAsync(Late, TimeProvider.System, cancel);
        _sid = null;
    }

    /// <summary>Comes back if need be, and waits until every request has its answer.</summary>
    /// <exception cref="SoakException">The server does not let this happen.</exception>
    public async Task Settle(CancellationToken cancel)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            if (!Link.IsUp)
                await ComeBack(cancel);
            if (!await WaitForAnswers(cancel))
                continue;
            if (_sync?.Reply?.Code != Unavailable)
                return;
            // What is newer was not told: it must be asked for again.
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, cancel);
            await Sync(cancel);
        }

        throw new SoakException($"{Address} cannot come to rest; without an answer: {string.Join("; ", Link.Waiting.Values.Take(3))}");
    }

    public Task Acknowledge(CancellationToken cancel) => Link.Acknowledge(cancel);

    private Call Record(string verb, string target, IEnumerable<(string Name, string Value)> with, string body)
    {
        var call = new Call(_history.Sitting, _tag++, _history.Now, verb, target, body)
        {
            With = [.. with.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))],
        };
        _history.Ask(call);
        Link.Waiting[call.Tag] = call;
        if (verb == "SUB")
            Link.Held[call["id"]!] = new Held(call["id"]!, target, 0);
        scene.Count(verb);
        return call;
    }

    /// <summary>False if the connection ended, or was late and has been cut.</summary>
    private async Task<bool> WaitForAnswers(CancellationToken cancel)
    {
        while (!Link.Waiting.IsEmpty)
        {
            if (!Link.IsUp)
                return false;
            if (await Link.Answered.WaitAsync(Late, cancel))
                continue;
            scene.Count("late answer");
            await Link.Cut(null, isReset: false, cancel);
            return false;
        }

        return Link.IsUp;
    }

    private async Task ComeBack(CancellationToken cancel)
    {
        try
        {
            var connection = await Login.Run(scene.ServerFor(index, _moves), scene.Domain, _account, cancel);
            if (_sid is null || !await Resume(connection, cancel))
                await Bind(connection, cancel);
        }
        catch (Exception exception) when (exception is IOException or TimeoutException)
        {
            scene.Count($"login again: {exception.Message}");
            _moves++;
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, cancel);
        }
    }

    /// <summary>False if the session is gone.</summary>
    private async Task<bool> Resume(Connection connection, CancellationToken cancel)
    {
        var answer = await connection.Ask($"RESUME {Login.NextTag} {_sid} key={_key} seen={Link.Seen}", cancel);
        scene.Count($"RESUME {answer.Words[0]}");
        if (answer.Words[0] == "410")
        {
            _sid = null;
            return false;
        }

        if (answer.Words[0] != "200")
        {
            connection.Dispose();
            throw new IOException($"RESUME was answered {string.Join(' ', answer.Words)}");
        }

        _key = answer["key"] ?? _key;
        _history.Resume();
        var unanswered = Link.Waiting.Values.OrderBy(call => call.Tag).ToList();
        Link.Take(connection, cancel);
        foreach (var call in unanswered)
            await Link.Write(call, cancel);
        return true;
    }

    private async Task Bind(Connection connection, CancellationToken cancel)
    {
        // A BIND whose answer was lost may have shown its word.
        var (show, asked) = _binding ??= (NextValue(), _history.Now);
        _history.End();
        var answer = await connection.Ask($"BIND {(_tag = Login.NextTag + 1)} ep=soak show={show} take=yes", cancel);
        scene.Count($"BIND {answer.Words[0]}");
        if (answer.Words[0] != "200")
        {
            connection.Dispose();
            throw new IOException($"BIND was answered {string.Join(' ', answer.Words)}");
        }

        (_sid, _key, _binding) = (answer["sid"], answer["key"], null);
        _tag++;
        _history.Bind(asked, show);
        Link.Begin();
        Link.Take(connection, cancel);
        await Sync(cancel);
    }

    private async Task Sync(CancellationToken cancel)
    {
        _sync = null;
        var lines = Link.Held.Values.Select(held => $"{held.Id} ver={held.Version} at={held.Place}\r\n").ToList();
        if (lines.Count > 0)
            _sync = await Post("SYNC", "", [("type", "text/pip-sync")], cancel, string.Concat(lines));
    }
}
