using System.CommandLine;
using Presence.Cli.Options;

namespace Presence.Cli.Commands;

internal static class ChatCommand
{
    public static Command Build(SessionOptions options)
    {
        var with = new Argument<string>("ADDR") { Description = "Whom to talk with" };
        var command = new Command("chat",
            "Talk: what comes is printed, what you type is sent. /help tells the commands in it") { with };
        return command.RunsIn(options, async (parsed, cancellation) =>
        {
            var address = AddressArgument.Parse(parsed.GetRequiredValue(with));
            var report = options.Report(parsed);
            await using var session = await options.Read(parsed).Open(cancellation);
            await new Chat(session, address, report).Run(TypedLines.Of(options.Surroundings.In), cancellation);
            return ExitCode.Ok;
        });
    }
}
