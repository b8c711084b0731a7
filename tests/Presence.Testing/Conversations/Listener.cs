using System.Globalization;
using Presence.Testing.Wire;

namespace Presence.Testing.Conversations;

/// <summary>Waits for frames and compares them with the story.</summary>
internal sealed class Listener(Stage stage)
{
    public Task Hear(Step step, CancellationToken cancel) => step switch
    {
        ExpectStep { Optional: true } expect => Defer(expect),
        ExpectStep expect => HearAll(expect, expect.Actor, [expect], cancel),
        AnyOrderStep anyOrder => HearAnyOrder(anyOrder, cancel),
        NothingStep nothing => HearNothing(nothing, cancel),
        ClosedStep closed => HearClosed(closed, cancel),
        _ => throw new InvalidOperationException($"cannot listen to {step.GetType().Name}"),
    };

    private Task Defer(ExpectStep expect)
    {
        stage.Of(expect).Optional.Add(expect);
        return Task.CompletedTask;
    }

    private async Task HearAnyOrder(AnyOrderStep step, CancellationToken cancel)
    {
        // Frames of different connections have no order anyway, so each connection is heard by itself.
        foreach (var group in step.Frames.GroupBy(frame => frame.Actor))
            await HearAll(step, group.Key, [.. group], cancel);
    }

    private async Task HearAll(Step step, string actor, List<ExpectStep> due, CancellationToken cancel)
    {
        while (due.Count > 0)
        {
            var frame = await Next(due[0], cancel);
            if (frame is null)
                throw Failure(due, "the server closed the connection");
            var reasons = new List<string>();
            var found = due.FindIndex(expected => Fits(expected, frame, reasons));
            if (found < 0)
                throw Failure(due, $"received: {frame}\n  because {string.Join("\n  because ", reasons)}");
            due.RemoveAt(found);
        }
    }

    private bool Fits(ExpectStep expected, WireFrame frame, List<string> reasons)
    {
        var wrong = expected.Frame.Mismatch(frame, stage.Bindings);
        if (wrong is not null)
            reasons.Add(wrong);
        return wrong is null;
    }

    /// <summary>The next frame that is not one of those that may come.</summary>
    private async Task<WireFrame?> Next(ActorStep step, CancellationToken cancel)
    {
        var connection = stage.Of(step);
        while (await connection.Read(cancel) is { } frame)
        {
            var optional = connection.Optional.FindIndex(may => may.Frame.Mismatch(frame, stage.Bindings) is null);
            if (optional >= 0)
            {
                connection.Optional.RemoveAt(optional);
                continue;
            }

            connection.Optional.Clear();
            return frame;
        }

        return null;
    }

    private async Task HearNothing(NothingStep step, CancellationToken cancel)
    {
        var tag = step.Tag.ToString(CultureInfo.InvariantCulture);
        await stage.Of(step).Write(System.Text.Encoding.ASCII.GetBytes($"PING {tag}\r\n"), cancel);
        var frame = await Next(step, cancel);
        if (frame is null || WireLine.Parse(frame.Line) is not { Words: ["200", var echoed, "pong"] } || echoed != tag)
            throw stage.Failure(step, $"received: {frame?.ToString() ?? "end of the connection"}",
                "nothing but the answer to a PING");
    }

    private async Task HearClosed(ClosedStep step, CancellationToken cancel)
    {
        if (await Next(step, cancel) is { } frame)
            throw stage.Failure(step, $"received: {frame}", "the server closes the connection");
        await stage.Cut(step.Actor);
    }

    private ConversationFailedException Failure(List<ExpectStep> due, string because) =>
        stage.Failure(due[0], because, string.Join("\n  or:       ", due.Select(step => step.Frame.Text)));
}
