using System.CommandLine;
using Presence.Cli.Options;

namespace Presence.Cli.Commands;

internal static class UserPasswdCommand
{
    public static Command Build(Surroundings surroundings)
    {
        var argument = UserCommand.AddressArgument();
        var password = new PasswordOption("The new password");
        var command = new Command("passwd", "Change the password of an account") { argument, password.Option };
        return command.RunsOn(surroundings, JsonOption.Create(), async (parsed, api, report, cancellation) =>
        {
            var address = AddressArgument.Parse(parsed.GetRequiredValue(argument));
            var secret = password.ReadNew(parsed, surroundings, $"New password for {address}: ");
            await api.ChangePassword(address, secret, cancellation);
            report.Tell($"password of {address} changed", ("event", "changed"), ("address", address.ToString()));
            return ExitCode.Ok;
        });
    }
}
