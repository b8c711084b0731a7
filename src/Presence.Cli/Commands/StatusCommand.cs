using System.CommandLine;
using Presence.Cli.Options;
using Presence.Cli.Output;
using Presence.Client;

namespace Presence.Cli.Commands;

internal static class StatusCommand
{
    // Over what the server composes from the endpoints.
    private const string Status = "~/status";
    private const string Note = "~/note";

    public static Command Build(SessionOptions options)
    {
        var set = new Option<string?>("--set")
        {
            HelpName = "STATUS",
            Description = "online, chat, away, xa, busy, dnd, offline or another word; stays until --clear",
        };
        var note = new Option<string?>("--note") { HelpName = "TEXT", Description = "A note for people; stays, too" };
        var clear = new Option<bool>("--clear") { Description = "Take back what --set wrote" };
        var command = new Command("status", "Show your own status, or set it") { set, note, clear };
        command.Validators.Add(result =>
        {
            if (result.GetResult(set) is not null && result.GetResult(clear) is not null)
                result.AddError("Give either --set or --clear.");
        });
        return command.RunsIn(options, async (parsed, cancellation) =>
        {
            var report = options.Report(parsed);
            await using var session = await options.Read(parsed).ConnectUnseen(cancellation);
            var token = parsed.GetValue(set);
            var text = parsed.GetValue(note);
            if (parsed.GetValue(clear))
                await Clear(session, report, cancellation);

            if (token is not null)
                await Set(session, token, report, cancellation);

            if (text is not null)
                await SetNote(session, text, report, cancellation);

            if (token is null && text is null && !parsed.GetValue(clear))
                await Show(session, report, cancellation);

            return ExitCode.Ok;
        });
    }

    private static async Task Clear(PresenceClient session, Report report, CancellationToken cancellation)
    {
        await session.DeleteAsync(Status, cancellation);
        report.Tell($"{session.Account}/status cleared: your endpoints decide again",
            ("event", "cleared"), ("address", session.Account.ToString()));
    }

    private static async Task Set(
        PresenceClient session, string token, Report report, CancellationToken cancellation)
    {
        await session.SetAsync(Status, token, cancellation);
        report.Tell($"{session.Account}/status set to {token}, without a lease: it stays until --clear",
            ("event", "set"), ("address", session.Account.ToString()), ("status", token));
    }

    private static async Task SetNote(
        PresenceClient session, string text, Report report, CancellationToken cancellation)
    {
        await session.SetAsync(Note, text, cancellation);
        report.Tell($"{session.Account}/note set to \"{text}\"",
            ("event", "set"), ("address", session.Account.ToString()), ("note", text));
    }

    private static async Task Show(PresenceClient session, Report report, CancellationToken cancellation)
    {
        var status = await session.GetAsync(Status, cancellation);
        var note = await session.GetAsync(Note, cancellation);
        var shownNote = note is { Value.Length: > 0 } ? $", \"{note.Value}\"" : "";
        report.Tell($"{session.Account} is {status?.Value ?? "offline"}{shownNote}",
            ("event", "status"), ("address", session.Account.ToString()), ("status", status?.Value ?? "offline"),
            ("note", note?.Value), ("version", status?.Version), ("time", EventLines.Wire(status?.Time)));
    }
}
