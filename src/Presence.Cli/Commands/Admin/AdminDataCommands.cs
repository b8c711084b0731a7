using System.CommandLine;
using Presence.Cli.Options;
using Presence.Cli.Output;

namespace Presence.Cli.Commands.Admin;

/// <summary><c>presence admin export | erase | watchers</c>: what is kept of one user, see docs/operations/data.md.</summary>
internal static class AdminDataCommands
{
    public static Command BuildExport(Surroundings surroundings)
    {
        var user = new Argument<string>("USER") { Description = "As alice@localhost" };
        return new Command("export", "All that is kept of a user; --json for a file to hand out") { user }.RunsOn(
            surroundings, JsonOption.Create(), async (parsed, api, report, cancellation) =>
            {
                var answer = await api.Export(AddressArgument.Parse(parsed.GetRequiredValue(user)), cancellation);
                var table = new Table();
                foreach (var item in answer.Items)
                {
                    var at = AdminSessionsCommand.Time(item.At);
                    table.Add([item.What, item.Name, at, item.Value],
                        ("what", item.What), ("name", item.Name), ("at", at), ("value", item.Value));
                }

                table.TellTo(report);
                return ExitCode.Ok;
            });
    }

    public static Command BuildErase(Surroundings surroundings)
    {
        var user = new Argument<string>("USER") { Description = "As alice@localhost" };
        return new Command("erase", "Delete a user, and his traces with those whom he had to do with") { user }.RunsOn(
            surroundings, JsonOption.Create(), async (parsed, api, report, cancellation) =>
            {
                var done = await api.Erase(AddressArgument.Parse(parsed.GetRequiredValue(user)), cancellation);
                report.Tell($"{done.User} erased: {done.Items} things, traces looked for with {done.Others} others",
                    ("event", "erased"), ("user", done.User), ("items", done.Items), ("others", done.Others));
                return ExitCode.Ok;
            });
    }

    public static Command BuildWatchers(Surroundings surroundings)
    {
        var user = new Argument<string>("ADDRESS") { Description = "Who is watched" };
        return new Command("watchers", "Who watches an address: watcher, place, state, until when, id") { user }.RunsOn(
            surroundings, JsonOption.Create(), async (parsed, api, report, cancellation) =>
            {
                var answer = await api.Watchers(AddressArgument.Parse(parsed.GetRequiredValue(user)), cancellation);
                var table = new Table();
                foreach (var row in answer.Watchers)
                {
                    var until = AdminSessionsCommand.Time(row.Expires);
                    table.Add([row.Watcher, $"~/{row.Path}", row.State, until, row.Id],
                        ("watcher", row.Watcher), ("path", row.Path), ("state", row.State), ("seen", row.Seen),
                        ("since", AdminSessionsCommand.Time(row.Since)), ("until", until), ("id", row.Id));
                }

                table.TellTo(report);
                return ExitCode.Ok;
            });
    }
}
