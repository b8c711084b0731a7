using System.CommandLine;
using Presence.Cli.Options;
using Presence.Cli.Output;
using Presence.Model.Addresses;

namespace Presence.Cli.Commands;

internal static class LocateCommand
{
    public static Command Build(SessionOptions options)
    {
        var argument = new Argument<string>("ADDR")
        {
            Description = "A person, ~ for yourself, or a domain for its servers",
        };
        var command = new Command("locate", "Show by which endpoints somebody can be reached, as far as he lets you")
        {
            argument,
        };
        return command.RunsUnseen(options, parsed =>
        {
            var text = parsed.GetRequiredValue(argument);
            var node = text == "~" ? Place.Own() : new Place(AddressArgument.Parse(text));
            return async (session, report, cancellation) =>
            {
                var answer = (await session.Ask("LOCATE", node.ToString(), cancellation: cancellation)).Require();
                report.TellProperties(node, answer);
                if (answer.Items().Count == 0)
                    report.Remark($"nothing that you may see");

                return ExitCode.Ok;
            };
        });
    }
}
