using System.CommandLine;
using Presence.Cli.Options;
using Presence.Cli.Output;
using Presence.Client;
using Presence.Model.Addresses;

namespace Presence.Cli.Commands.Access;

/// <summary><c>presence acl …</c>: who may do what (docs/protocol/access.md).</summary>
internal static class AclCommand
{
    private const string Type = "text/pip-acl";

    public static Command Build(SessionOptions options) =>
        new("acl", "Access lists: who may read, watch, write to you and so on")
        {
            BuildShow(options),
            BuildSet(options),
            BuildClear(options),
        };

    private static Command BuildShow(SessionOptions options)
    {
        var argument = new Argument<string>("PLACE")
        {
            Description = "An address with a property or not; ~ is your own",
            DefaultValueFactory = _ => "~",
        };
        var command = new Command("show", "Print the list that applies there, in the form that 'acl set PLACE -' reads")
        {
            argument,
        };
        return command.RunsUnseen(options, parsed =>
        {
            var place = AddressArgument.ParsePlace(parsed.GetRequiredValue(argument));
            return async (session, report, cancellation) =>
            {
                var answer = await session.Ask("GETACL", place.ToString(), cancellation: cancellation);
                Tell(report, place, answer.Require());
                return ExitCode.Ok;
            };
        });
    }

    private static Command BuildSet(SessionOptions options)
    {
        var place = new Argument<string>("PLACE") { Description = "An address with a property or not; ~ is your own" };
        var lines = new Argument<string[]>("LINE")
        {
            Arity = ArgumentArity.OneOrMore,
            Description = "'EFFECT WHO RIGHTS [path=PATH]' in quotes, such as 'allow bob@localhost read,sub'; "
                + "EFFECT is allow, ask, deny or polite. - reads the lines from the input",
        };
        var version = Typed.Number("--if", "VERSION", "Only if the list still has this version");
        var command = new Command("set", "Put a list there, in place of the one before") { place, lines, version };
        return command.RunsUnseen(options, parsed =>
        {
            var target = AddressArgument.ParsePlace(parsed.GetRequiredValue(place));
            var typed = parsed.GetRequiredValue(lines);
            var body = AclLines.Read(typed is ["-"] ? options.Surroundings.In.ReadToEnd().Split('\n') : typed);
            var condition = parsed.Read(version, least: 0);
            return (session, report, cancellation) => Set(session, report, target, condition, body, cancellation);
        });
    }

    private static Command BuildClear(SessionOptions options)
    {
        var place = new Argument<string>("PLACE") { Description = "An address with a property or not; ~ is your own" };
        var command = new Command("clear", "Take the list away: the one further up applies again") { place };
        return command.RunsUnseen(options, parsed =>
        {
            var target = AddressArgument.ParsePlace(parsed.GetRequiredValue(place));
            return (session, report, cancellation) =>
                Set(session, report, target, condition: null, ReadOnlyMemory<byte>.Empty, cancellation);
        });
    }

    private static async Task<int> Set(PresenceClient session, Report report, Place place, string? condition,
        ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        var answer = (await session.Ask(
            "SETACL", place.ToString(), [("if", condition), ("type", Type)], body, cancellation)).Require();
        var (name, done) = body.IsEmpty ? ("acl-cleared", "taken away") : ("acl-set", "set");
        report.Tell($"access list of {place} {done}, version {answer.Version}",
            ("event", name), ("place", place.ToString()), ("version", answer.Version));
        return ExitCode.Ok;
    }

    private static void Tell(Report report, Place place, ServerAnswer answer)
    {
        var at = answer.Parameters["at"];
        var from = at is null ? "" : $", from {at}";
        report.Tell($"# {place}: version {answer.Version}{from}",
            ("event", "acl"), ("place", place.ToString()), ("version", answer.Version), ("at", at));
        foreach (var item in answer.Items())
        {
            var path = item.Parameters["path"];
            var scope = path is null ? "" : $" path={path}";
            report.Tell($"{item.First} {item.Second} {item.Third}{scope}",
                ("event", "entry"), ("effect", item.First), ("principal", item.Second), ("rights", item.Third),
                ("path", path));
        }
    }
}
