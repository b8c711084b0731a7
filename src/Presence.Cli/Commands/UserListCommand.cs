using System.CommandLine;
using Presence.Cli.Options;

namespace Presence.Cli.Commands;

internal static class UserListCommand
{
    public static Command Build(Surroundings surroundings) =>
        new Command("list", "Print all accounts, one a line").RunsOn(
            surroundings, JsonOption.Create(), async (_, api, report, cancellation) =>
            {
                foreach (var address in await api.List(cancellation))
                    report.Tell($"{address}", ("address", address));

                return ExitCode.Ok;
            });
}
