using System.CommandLine;
using System.Net;
using Presence.Cli.Options;
using Presence.Client.Peers;

namespace Presence.Cli.Commands;

internal static class ChatCommand
{
    public static Command Build(SessionOptions options)
    {
        var with = new Argument<string>("ADDR") { Description = "Whom to talk with" };
        var direct = new Option<bool>("--direct")
        {
            Description = "Talk over a direct connection if the other side does so too; it learns your addresses",
        };
        var at = new Option<string[]>("--at")
        {
            HelpName = "IP",
            AllowMultipleArgumentsPerToken = true,
            Description = "With --direct: the addresses to tell [default: those of this machine's networks]",
        };
        var command = new Command("chat",
            "Talk: what comes is printed, what you type is sent. /help tells the commands in it") { with, direct, at };
        return command.RunsIn(options, async (parsed, cancellation) =>
        {
            var address = AddressArgument.Parse(parsed.GetRequiredValue(with));
            var addresses = (parsed.GetValue(at) ?? []).Select(ParseAddress).ToArray();
            var report = options.Report(parsed);
            await using var session = await options.Read(parsed).Open(cancellation);
            await using var conversation = parsed.GetValue(direct)
                ? new PeerConversation(session, address, new PeerOptions
                {
                    Addresses = addresses.Length > 0 ? addresses : null,
                    Time = options.Surroundings.Time,
                })
                : null;
            await new Chat(session, address, report, conversation)
                .Run(TypedLines.Of(options.Surroundings.In), cancellation);
            return ExitCode.Ok;
        });
    }

    private static IPAddress ParseAddress(string text) => IPAddress.TryParse(text, out var address)
        ? address
        : throw new UsageException($"'{text}' is no IP address of this machine.");
}
