using System.CommandLine;
using System.Globalization;
using Presence.Cli.Options;
using Presence.Cli.Output;
using Presence.Client;

namespace Presence.Cli.Commands.Groups;

internal static class GroupMembersCommand
{
    private const int PageLength = 500;

    public static Command Build(SessionOptions options)
    {
        var argument = Typed.Group();
        var command = new Command("members", "Show who is in a group; moderators also see who asks or is invited")
        {
            argument,
        };
        return command.RunsUnseen(options, parsed =>
        {
            var group = AddressArgument.Parse(parsed.GetRequiredValue(argument)).ToString();
            return async (session, report, cancellation) =>
            {
                var (table, number) = await Read(session, group, cancellation);
                report.Tell($"members of {group}: {number}",
                    ("event", "members"), ("group", group), ("n", number));
                table.TellTo(report);
                return ExitCode.Ok;
            };
        });
    }

    private static async Task<(Table Table, long? Number)> Read(
        PresenceClient session, string group, CancellationToken cancellation)
    {
        var table = new Table();
        string? after = null;
        while (true)
        {
            var max = PageLength.ToString(CultureInfo.InvariantCulture);
            var answer = (await session.Ask("MEMBERS", group, [("max", max), ("after", after)],
                cancellation: cancellation)).Require();
            var items = answer.Items();
            foreach (var item in items)
            {
                table.Add([item.First, item.Parameters["role"] ?? item.Parameters["state"]],
                    ItemMembers.Of("member", "who", item));
            }

            // A server that repeats a page must not keep us here for ever.
            if (items.Count < PageLength || items[^1].First == after)
                return (table, answer.Number("n"));

            after = items[^1].First;
        }
    }
}
