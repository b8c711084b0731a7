using System.CommandLine;
using Presence.Cli.Options;

namespace Presence.Cli.Commands.Properties;

/// <summary><c>get</c>, <c>set</c> and <c>del</c> (docs/protocol/properties.md).</summary>
internal static class PropertyCommands
{
    public static IEnumerable<Command> Build(SessionOptions options) =>
        [GetCommand.Build(options), BuildSet(options), BuildDelete(options)];

    public static Argument<string> PlaceArgument() => new("PLACE")
    {
        Description = "Such as bob@localhost/status, ~/note for your own, or bob@localhost for all of his",
    };

    private static Command BuildSet(SessionOptions options)
    {
        var argument = PlaceArgument();
        var value = new Argument<string>("VALUE") { Description = "The text, in quotes" };
        var lease = Typed.Number("--lease", "SECONDS", "How long it is true [default: for ever]");
        var otherwise = Typed.Text("--default", "VALUE", "What it becomes after the lease [default: it goes]");
        var version = Typed.Number("--if", "VERSION", "Only if it still has this version");
        var command = new Command("set", "Write a property") { argument, value, lease, otherwise, version };
        return command.RunsUnseen(options, parsed =>
        {
            var place = AddressArgument.ParsePlace(parsed.GetRequiredValue(argument));
            List<(string, string?)> parameters =
            [
                ("val", parsed.GetRequiredValue(value)), ("lease", parsed.Read(lease, least: 1)),
                ("default", parsed.GetValue(otherwise)), ("if", parsed.Read(version, least: 0)),
            ];
            return async (session, report, cancellation) =>
            {
                var answer = (await session.Ask("SET", place.ToString(), parameters, cancellation: cancellation))
                    .Require();
                report.Tell($"{place} set, version {answer.Version}",
                    ("event", "set"), ("place", place.ToString()), ("version", answer.Version));
                return ExitCode.Ok;
            };
        });
    }

    private static Command BuildDelete(SessionOptions options)
    {
        var argument = PlaceArgument();
        var version = Typed.Number("--if", "VERSION", "Only if it still has this version");
        var command = new Command("del", "Take a property away") { argument, version };
        return command.RunsUnseen(options, parsed =>
        {
            var place = AddressArgument.ParsePlace(parsed.GetRequiredValue(argument));
            var condition = parsed.Read(version, least: 0);
            return async (session, report, cancellation) =>
            {
                var answer = (await session.Ask("DEL", place.ToString(), [("if", condition)],
                    cancellation: cancellation)).Require();
                report.Tell($"{place} deleted, version {answer.Version}",
                    ("event", "deleted"), ("place", place.ToString()), ("version", answer.Version));
                return ExitCode.Ok;
            };
        });
    }
}
