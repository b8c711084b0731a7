using System.CommandLine;
using System.Globalization;
using Presence.Cli.Options;
using Presence.Cli.Output;
using Presence.Client;
using Presence.Protocol.Bodies;

namespace Presence.Cli.Commands.Access;

/// <summary><c>presence watchers</c>: who is interested (docs/protocol/subscriptions.md).</summary>
internal static class WatchersCommand
{
    public static Command Build(SessionOptions options)
    {
        var argument = new Argument<string>("PLACE")
        {
            Description = "What they watch, such as ~/note; ~ is everything of yours",
            DefaultValueFactory = _ => "~",
        };
        var queries = new Option<bool>("--queries") { Description = "Also show who has merely asked" };
        var since = Typed.Text("--since", "TIME", "Only what happened after, such as 2026-11-22 or 2026-11-22T06:10Z");
        var command = new Command("watchers", "Show who watches you, who waits for your approval, and who asked")
        {
            argument, queries, since,
        };
        return command.RunsUnseen(options, parsed =>
        {
            var place = AddressArgument.ParsePlace(parsed.GetRequiredValue(argument));
            var what = parsed.GetValue(queries) ? "sub,query" : null;
            var time = Typed.Time(parsed.GetValue(since));
            return async (session, report, cancellation) =>
            {
                var table = await Read(session, place.ToString(), [("what", what), ("since", time)], cancellation);
                table.TellTo(report);
                if (table.Count == 0)
                    report.Remark($"nobody");

                return ExitCode.Ok;
            };
        });
    }

    private static async Task<Table> Read(PresenceClient session, string place,
        (string, string?)[] parameters, CancellationToken cancellation)
    {
        var table = new Table();
        long after = 0;
        while (true)
        {
            var page = after == 0 ? null : after.ToString(CultureInfo.InvariantCulture);
            var answer = (await session.Ask("WATCHERS", place, [.. parameters, ("after", page)],
                cancellation: cancellation)).Require();
            foreach (var item in answer.Items())
                table.Add(Cells(item), ItemMembers.Of("watcher", "who", item));

            // A server that goes back must not keep us here for ever.
            if (answer.Number("next") is not { } next || next <= after)
                return table;

            after = next;
        }
    }

    private static string?[] Cells(LineItem item)
    {
        var parameters = item.Parameters;
        if (parameters["what"] != "query")
            return [item.First, parameters["state"], parameters["since"] is { } since ? $"since {since}" : null];

        var denied = parameters["denied"] is { } number ? $", refused {number}" : "";
        return [item.First, $"asked {(parameters["n"] == "1" ? "once" : $"{parameters["n"]} times")}{denied}", $"last {parameters["last"]}"];
    }
}
