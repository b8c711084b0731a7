using System.CommandLine;
using Presence.Cli.Options;

namespace Presence.Cli.Commands;

internal static class UserAddCommand
{
    public static Command Build(Surroundings surroundings)
    {
        var argument = UserCommand.AddressArgument();
        var password = new PasswordOption("Password of the new account");
        var command = new Command("add", "Create an account") { argument, password.Option };
        return command.RunsOn(surroundings, JsonOption.Create(), async (parsed, api, report, cancellation) =>
        {
            var address = AddressArgument.Parse(parsed.GetRequiredValue(argument));
            var secret = password.ReadNew(parsed, surroundings, $"Password for {address}: ");
            await api.Add(address, secret, cancellation);
            report.Tell($"{address} added", ("event", "added"), ("address", address.ToString()));
            return ExitCode.Ok;
        });
    }
}
