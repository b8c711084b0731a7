namespace Presence.Testing.Conversations;

/// <summary>Reads the text of a story; the format is described in docs/conversations.md.</summary>
internal sealed class ConversationParser(string path)
{
    private readonly StoryLedger _ledger = new();
    private readonly List<string> _conformance = [];
    private readonly List<Step> _steps = [];
    private List<SourceLine> _lines = [];
    private int _next;

    public Conversation Parse(string text)
    {
        var lines = SourceLine.Split(text);
        if (!lines[0].Text.StartsWith("# ", StringComparison.Ordinal))
            throw new ConversationFormatException(path, 1, "the first line is the title: # Two people talk");
        _lines = Repetition.Expand(path, lines);
        while (_next < _lines.Count)
        {
            var line = _lines[_next++];
            if (!line.IsBlank && !line.IsComment)
                At(line, () => Read(line));
        }

        if (_steps.Count == 0)
            throw new ConversationFormatException(path, lines.Count, "nothing happens in this story");
        return new Conversation(path, lines[0].Text[2..], _conformance, _ledger.Users, _steps);
    }

    private void Read(SourceLine line)
    {
        if (ActorLine.Parse(line) is { } spoken)
            _steps.Add(new ActorLineParser(_ledger).Parse(spoken, TakeBody(spoken)));
        else if (line.Text.StartsWith('@'))
            ReadHeader(line.Text.Split(' '));
        else if (line.Text == "any order")
            _steps.Add(ReadAnyOrder(line));
        else
            _steps.Add(ReadStageDirection(line.Number, line.Text.Split(' ')));
    }

    private void ReadHeader(string[] words)
    {
        if (words[0] == "@conformance")
            _conformance.AddRange(words.Skip(1));
        else if (words[0] == "@users" && words.Skip(1).All(word => word.Contains(':', StringComparison.Ordinal)))
            words.Skip(1).Select(word => word.Split(':', 2)).ToList()
                .ForEach(pair => _ledger.AddUser(new Account(pair[0], pair[1])));
        else
            throw new FormatException("write @conformance SUB-01 or @users alice:password");
    }

    private static Step ReadStageDirection(int line, string[] words) => words switch
    {
        ["clock", var by] => new ClockStep(line, Duration.Parse(by)),
        ["remove", var local] => new RemoveStep(line, local),
        _ => throw new FormatException("this is neither a line of an actor nor clock, remove, any order, for or end"),
    };

    private AnyOrderStep ReadAnyOrder(SourceLine start)
    {
        var frames = new List<ExpectStep>();
        while (_next < _lines.Count)
        {
            var line = _lines[_next++];
            if (line.Text == "end")
                return new AnyOrderStep(start.Number, frames);
            if (!line.IsBlank && !line.IsComment)
                At(line, () => frames.Add(ReadExpected(line)));
        }

        throw new FormatException("this block has no end");
    }

    private ExpectStep ReadExpected(SourceLine line) =>
        ActorLine.Parse(line) is { Sign: '<' } spoken
        && new ActorLineParser(_ledger).Parse(spoken, TakeBody(spoken)) is ExpectStep { Optional: false } step
            ? step
            : throw new FormatException("in any order stand only frames that an actor receives and that must come");

    private List<ActorLine> TakeBody(ActorLine frame)
    {
        var body = new List<ActorLine>();
        while (frame.Sign is '<' or '>' && _next < _lines.Count
               && ActorLine.Parse(_lines[_next]) is { Sign: '|' } line && line.Actor == frame.Actor)
        {
            body.Add(line);
            _next++;
        }

        return body;
    }

    private void At(SourceLine line, Action read)
    {
        try
        {
            read();
        }
        catch (Exception fault) when (fault is FormatException or Wire.WireException or ArgumentException)
        {
            throw new ConversationFormatException(path, line.Number, $"{fault.Message}\n    {line.Text}");
        }
    }
}
