using System.CommandLine;
using Presence.Cli.Options;
using Presence.Cli.Output;

namespace Presence.Cli.Commands.Properties;

internal static class GetCommand
{
    public static Command Build(SessionOptions options)
    {
        var argument = PropertyCommands.PlaceArgument();
        var passphrase = new Option<bool>("--passphrase")
        {
            Description = "It is behind a passphrase, which is asked for [default: PRESENCE_PASSPHRASE] and not sent",
        };
        var command = new Command("get", "Read a property, or all that you may read of an address")
        {
            argument, passphrase,
        };
        return command.RunsUnseen(options, parsed =>
        {
            var (place, pass) = AddressArgument.ParseGuarded(parsed.GetRequiredValue(argument));
            if (parsed.GetValue(passphrase))
                pass ??= PassphraseSource.Read(options.Surroundings, $"Passphrase of {place}: ");

            return async (session, report, cancellation) =>
            {
                var answer = pass is null
                    ? await session.Ask("GET", place.ToString(), cancellation: cancellation)
                    : await session.GetWithPassphraseAsync(place.ToString(), pass, cancellation);
                report.TellProperties(place, answer.Require());
                return ExitCode.Ok;
            };
        });
    }
}
