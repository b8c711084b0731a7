using System.CommandLine;
using Presence.Cli.Options;

namespace Presence.Cli.Commands.Access;

/// <summary>Answers to who asks: <c>approve</c> and <c>deny</c>.</summary>
internal static class DecisionCommands
{
    public static IEnumerable<Command> Build(SessionOptions options) => [BuildApprove(options), BuildDeny(options)];

    private static Option<string> On() => Typed.Place("--on", "What he asked for: a property, or a group of yours");

    private static Command BuildApprove(SessionOptions options)
    {
        var (argument, on) = (Typed.Who(), On());
        var rights = Typed.Text("--rights", "RIGHTS",
            "Exactly these, such as read,sub [default: to see your presence, to write to you and to call]");
        var command = new Command("approve", "Let somebody in who asks, or will ask") { argument, rights, on };
        return command.RunsUnseen(options, parsed =>
        {
            var who = AddressArgument.Parse(parsed.GetRequiredValue(argument));
            var place = AddressArgument.ParsePlace(parsed.GetRequiredValue(on));
            var given = Typed.Rights(parsed.GetValue(rights));
            return async (session, report, cancellation) =>
            {
                var answer = (await session.Ask("APPROVE", place.ToString(),
                    [("who", who.ToString()), ("rights", given)], cancellation: cancellation)).Require();
                var what = given is null ? "" : $" ({given})";
                report.Tell($"{who} is approved{what} on {place}",
                    ("event", "approved"), ("who", who.ToString()), ("place", place.ToString()), ("rights", given),
                    ("version", answer.Version));
                return ExitCode.Ok;
            };
        });
    }

    private static Command BuildDeny(SessionOptions options)
    {
        var (argument, on) = (Typed.Who(), On());
        var isExplicit = new Option<bool>("--explicit")
        {
            Description = "Say so to him; without it he waits for ever",
        };
        var command = new Command("deny", "Keep somebody out who asks") { argument, isExplicit, on };
        return command.RunsUnseen(options, parsed =>
        {
            var who = AddressArgument.Parse(parsed.GetRequiredValue(argument));
            var place = AddressArgument.ParsePlace(parsed.GetRequiredValue(on));
            var mode = parsed.GetValue(isExplicit) ? "explicit" : null;
            return async (session, report, cancellation) =>
            {
                var answer = (await session.Ask("DENY", place.ToString(), [("who", who.ToString()), ("mode", mode)],
                    cancellation: cancellation)).Require();
                var how = mode is null ? "and is not told" : "and is told";
                report.Tell($"{who} is denied on {place} {how}",
                    ("event", "denied"), ("who", who.ToString()), ("place", place.ToString()),
                    ("mode", mode ?? "polite"), ("version", answer.Version));
                return ExitCode.Ok;
            };
        });
    }
}
