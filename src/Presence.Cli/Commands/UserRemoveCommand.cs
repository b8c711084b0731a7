using System.CommandLine;
using Presence.Cli.Options;

namespace Presence.Cli.Commands;

internal static class UserRemoveCommand
{
    public static Command Build(Surroundings surroundings)
    {
        var argument = UserCommand.AddressArgument();
        var command = new Command("remove", "Delete an account") { argument };
        return command.RunsOn(surroundings, JsonOption.Create(), async (parsed, api, report, cancellation) =>
        {
            var address = AddressArgument.Parse(parsed.GetRequiredValue(argument));
            await api.Remove(address, cancellation);
            report.Tell($"{address} removed", ("event", "removed"), ("address", address.ToString()));
            return ExitCode.Ok;
        });
    }
}
