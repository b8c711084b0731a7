using System.CommandLine;
using Presence.Cli.Options;
using Presence.Cli.Output;

namespace Presence.Cli.Commands.Access;

/// <summary>
/// The block list and the allow list of a node: <c>block</c>, <c>unblock</c>, <c>allow</c>, <c>unallow</c>, <c>lists</c>.
/// </summary>
internal static class PersonCommands
{
    public static IEnumerable<Command> Build(SessionOptions options) =>
    [
        BuildBlock(options),
        BuildPlain(options, "unblock", "Take somebody off the block list again", "is not blocked any more on"),
        BuildPlain(options, "allow",
            "Put somebody on the allow list, which counts while ~/privacy/mode is 'only'", "is on the allow list of"),
        BuildPlain(options, "unallow", "Take somebody off the allow list again",
            "is not on the allow list any more of"),
        BuildLists(options),
    ];

    private static Option<string> On() => Typed.Place("--on", "The node, for a group of yours");

    private static Command BuildBlock(SessionOptions options)
    {
        var (argument, on) = (Typed.ListedWho(), On());
        var isExplicit = new Option<bool>("--explicit")
        {
            Description = "Say so to him; without it you merely look offline. Groups always say so",
        };
        var scope = Typed.Text("--scope", "RIGHTS", "What is taken, such as send,invite [default: everything]");
        var command = new Command("block", "Shut somebody out, or ban him from a group")
        {
            argument, isExplicit, scope, on,
        };
        return command.RunsUnseen(options, parsed =>
        {
            var who = AddressArgument.ParsePrincipal(parsed.GetRequiredValue(argument));
            var node = AddressArgument.ParsePlace(parsed.GetRequiredValue(on));
            var rights = Typed.Rights(parsed.GetValue(scope));
            var mode = parsed.GetValue(isExplicit) ? "explicit" : null;
            return async (session, report, cancellation) =>
            {
                var answer = (await session.Ask("BLOCK", node.ToString(),
                    [("who", who.ToString()), ("mode", mode), ("scope", rights)], cancellation: cancellation))
                    .Require();
                var what = rights is null ? "" : $" from {rights}";
                report.Tell($"{who} is blocked{what} on {node}",
                    ("event", "block"), ("who", who.ToString()), ("node", node.ToString()), ("scope", rights),
                    ("version", answer.Version));
                return ExitCode.Ok;
            };
        });
    }

    private static Command BuildPlain(SessionOptions options, string name, string description, string done)
    {
        var (argument, on) = (Typed.ListedWho(), On());
        var command = new Command(name, description) { argument, on };
        return command.RunsUnseen(options, parsed =>
        {
            var who = AddressArgument.ParsePrincipal(parsed.GetRequiredValue(argument));
            var node = AddressArgument.ParsePlace(parsed.GetRequiredValue(on));
            return async (session, report, cancellation) =>
            {
                var answer = (await session.Ask(name.ToUpperInvariant(), node.ToString(), [("who", who.ToString())],
                    cancellation: cancellation)).Require();
                report.Tell($"{who} {done} {node}",
                    ("event", name), ("who", who.ToString()), ("node", node.ToString()), ("version", answer.Version));
                return ExitCode.Ok;
            };
        });
    }

    private static Command BuildLists(SessionOptions options)
    {
        var on = On();
        var command = new Command("lists", "Show the block list, the allow list, and which of them counts") { on };
        return command.RunsUnseen(options, parsed =>
        {
            var node = AddressArgument.ParsePlace(parsed.GetRequiredValue(on));
            return async (session, report, cancellation) =>
            {
                var answer = (await session.Ask("LISTS", node.ToString(), cancellation: cancellation)).Require();
                var mode = answer.Parameters["mode"];
                var meaning = mode == "only" ? "nobody but the allow list" : "everybody except the block list";
                report.Tell($"served: {meaning}", ("event", "lists"), ("node", node.ToString()), ("mode", mode));
                var table = new Table();
                foreach (var item in answer.Items())
                {
                    table.Add(
                        [item.Parameters["list"], item.First, item.Parameters["mode"], item.Parameters["scope"]],
                        ItemMembers.Of("listed", "who", item));
                }

                table.TellTo(report);
                return ExitCode.Ok;
            };
        });
    }
}
