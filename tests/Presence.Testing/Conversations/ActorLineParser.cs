using System.Text;

namespace Presence.Testing.Conversations;

/// <summary>Turns a line of an actor, with the body below it, into a step.</summary>
internal sealed class ActorLineParser(StoryLedger ledger)
{
    /// <exception cref="FormatException">The line is not understood.</exception>
    public Step Parse(ActorLine line, IReadOnlyList<ActorLine> body)
    {
        if (line.Sign != '|' && line.Rest.EndsWith(' ') && line.Mode != "raw")
            throw new FormatException("a space at the end cannot be seen; write it with >raw");
        return line.Sign switch
        {
            '>' => Send(line, body),
            '<' => Expect(line, body),
            ':' => Act(line, line.Rest.Split(' ')),
            _ => throw new FormatException("a body stands directly below its frame and has the same actor"),
        };
    }

    private ActorStep Send(ActorLine line, IReadOnlyList<ActorLine> body)
    {
        var connection = ledger[line.Actor];
        if (line.Mode is "raw" or "hex")
        {
            var octets = line.Mode == "raw" ? RawText.Parse(line.Rest) : RawText.ParseHex(line.Rest);
            foreach (var sent in Encoding.Latin1.GetString(octets).Split('\n'))
                connection.Sent(sent);
            return body.Count == 0
                ? new RawStep(line.Source.Number, line.Actor, octets)
                : throw new FormatException("write the body of a raw frame into its line");
        }

        if (line.Mode is not ("" or "lf"))
            throw new FormatException("an actor sends with > or >lf or >raw or >hex");
        ledger.Uses(line.Rest);
        connection.Sent(line.Rest);
        var (text, hasBody, size) = BodyParser.SplitSize(line.Rest);
        if (body.Count > 0 != hasBody && size != 0)
            throw new FormatException("a frame has a body if and only if its line ends in {5} or {*}");
        var content = hasBody ? BodyParser.Octets(body, size) ?? [] : null;
        return new SendStep(line.Source.Number, line.Actor, text, line.Mode == "lf" ? "\n" : "\r\n", content);
    }

    private ExpectStep Expect(ActorLine line, IReadOnlyList<ActorLine> body)
    {
        _ = ledger[line.Actor];
        if (line.Mode is not ("" or "?" or "exact"))
            throw new FormatException("an actor receives with < or <? or <exact");
        var (text, hasBody, size) = BodyParser.SplitSize(line.Rest);
        if (body.Count > 0 && !hasBody)
            throw new FormatException("the line of a frame with a body ends in {5} or {*}");
        var pattern = hasBody ? BodyParser.Pattern(body, size) : null;
        var frame = new FramePattern(line.Rest, LinePattern.Parse(text, line.Mode == "exact"), pattern);
        ledger.Binds(text);
        foreach (var item in pattern?.Items ?? [])
            ledger.Binds(item.Text);
        return new ExpectStep(line.Source.Number, line.Actor, frame, line.Mode == "?");
    }

    private ActorStep Act(ActorLine line, string[] words)
    {
        var (number, actor) = (line.Source.Number, line.Actor);
        switch (words)
        {
            case ["connect"] or ["connect", "tls" or "ws"]:
                ledger.Connect(actor);
                return new ConnectStep(number, actor, Kind(words));
            case ["connect", "udp", var uid, var key, var port]:
                ledger.Uses(line.Rest);
                ledger.Connect(actor);
                return new ConnectUdpStep(number, actor, uid, key, port);
            case ["cut"]:
                ledger.Disconnect(actor);
                return new CutStep(number, actor);
            case ["closed"]:
                ledger.Disconnect(actor);
                return new ClosedStep(number, actor);
            case ["expect", "nothing"]:
                return new NothingStep(number, actor, ledger[actor].TakeTag());
            case [var word, .. var options] when SignInParser.Depth(word) is { } depth:
                ledger.ConnectIfNeeded(actor);
                return new SignInStep(number, actor, depth, SignInParser.Options(actor, depth, options, ledger),
                    ledger[actor].SignIn(depth));
            default:
                throw new FormatException(
                    "an actor can connect, connect tls, connect ws, connect udp, login, authenticate, attempt, expect nothing, closed, cut");
        }
    }

    private static ConnectKind Kind(string[] words) => words switch
    {
        [_, "tls"] => ConnectKind.Tls,
        [_, "ws"] => ConnectKind.WebSocket,
        _ => ConnectKind.ClearText,
    };
}
