namespace Presence.Bench.Scenarios;

/// <summary>
/// The measured part in pieces: between two of them other servers have theirs, so that what else the machine does falls on all. Who lets
/// them begin is at the other end of input and output, and is told of each what was found; without him there is one.
/// </summary>
/// <param name="commands">A line <see cref="Go"/> for each; any other, or none, when there are no more. Null for one alone.</param>
/// <param name="told">Gets <see cref="Ready"/> when the first can begin, and a line of JSON after each.</param>
internal sealed class Heats(TextReader? commands, TextWriter told)
{
    public const string Ready = "ready";
    public const string Go = "go";
    private int _number;
    private bool _isRunning;

    /// <summary>False if there is one alone.</summary>
    public bool AreMany => commands is not null;

    /// <summary>What was found in the last one, as one line.</summary>
    public Func<string>? Report { private get; set; }

    /// <summary>Tells of the one before and waits for the next; false if there is none.</summary>
    public async Task<bool> Next()
    {
        await Tell();
        _number++;
        if (commands is null)
            return _number == 1;
        if (_number == 1)
            await Write(Ready);
        _isRunning = await commands.ReadLineAsync() == Go;
        return _isRunning;
    }

    /// <summary>Nothing is told of the one that runs: there was not enough to do.</summary>
    public void Discard() => _isRunning = false;

    /// <summary>Tells of the last one, if that was not done.</summary>
    public async Task Tell()
    {
        if (!_isRunning)
            return;
        _isRunning = false;
        await Write(Report?.Invoke() ?? "");
    }

    private async Task Write(string line)
    {
        await told.WriteLineAsync(line);
        await told.FlushAsync();
    }
}
