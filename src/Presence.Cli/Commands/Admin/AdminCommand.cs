using System.CommandLine;
using Presence.Cli.Options;
using Presence.Cli.Output;

namespace Presence.Cli.Commands.Admin;

/// <summary><c>presence admin …</c>: what the running node does, for its administrator.</summary>
internal static class AdminCommand
{
    public static Command Build(Surroundings surroundings) =>
        new("admin", "The running node, whose data directory Presence__Data names [default: ./data]")
        {
            AdminSessionsCommand.Build(surroundings),
            AdminKickCommand.Build(surroundings),
            BuildDrain(surroundings),
            BuildAnnounce(surroundings),
            BuildDomains(surroundings),
            AdminStatsCommand.Build(surroundings),
            AdminDataCommands.BuildWatchers(surroundings),
            AdminDataCommands.BuildExport(surroundings),
            AdminDataCommands.BuildErase(surroundings),
        };

    private static Command BuildDrain(Surroundings surroundings) =>
        new Command("drain", "Send everybody away and take nobody any more, until the node is started again").RunsOn(
            surroundings, JsonOption.Create(), async (_, api, report, cancellation) =>
            {
                var answer = await api.Drain(cancellation);
                report.Tell($"draining, {answer.Open} connections left", ("event", "draining"), ("open", answer.Open));
                return ExitCode.Ok;
            });

    private static Command BuildAnnounce(Surroundings surroundings)
    {
        var text = new Argument<string>("TEXT") { Description = "For people, at most 1 000 characters" };
        return new Command("announce", "Say something to everybody who is connected to this node") { text }.RunsOn(
            surroundings, JsonOption.Create(), async (parsed, api, report, cancellation) =>
            {
                var answer = await api.Announce(parsed.GetRequiredValue(text), cancellation);
                report.Tell($"{answer.Count} sessions told", ("event", "announced"), ("count", answer.Count));
                return ExitCode.Ok;
            });
    }

    private static Command BuildDomains(Surroundings surroundings) =>
        new Command("domains", "Domains hosted here, and domains that links lead to").RunsOn(
            surroundings, JsonOption.Create(), async (_, api, report, cancellation) =>
            {
                var answer = await api.Domains(cancellation);
                var table = new Table();
                foreach (var domain in answer.Hosted)
                    table.Add([domain, "hosted"], ("domain", domain), ("state", "hosted"));
                foreach (var peer in answer.Peers)
                {
                    var since = AdminSessionsCommand.Time(peer.Since);
                    table.Add([peer.Domain, peer.State, since],
                        ("domain", peer.Domain), ("state", peer.State), ("since", since));
                }

                table.TellTo(report);
                return ExitCode.Ok;
            });
}
