using System.CommandLine;
using Presence.Cli.Options;
using Presence.Cli.Output;
using Presence.Client;
using Presence.Model.Addresses;

namespace Presence.Cli.Commands;

internal static class SendCommand
{
    public static Command Build(SessionOptions options)
    {
        var to = new Argument<string>("ADDR") { Description = "Whom to send it to" };
        var text = new Argument<string>("TEXT") { Description = "The message, in quotes" };
        var command = new Command("send", "Send one message and tell what the server says to it") { to, text };
        return command.RunsIn(options, async (parsed, cancellation) =>
        {
            var address = AddressArgument.Parse(parsed.GetRequiredValue(to));
            var report = options.Report(parsed);
            await using var session = await options.Read(parsed).OpenUnseen(cancellation);
            var result = await session.Send(address, parsed.GetRequiredValue(text), wants: null, cancellation);
            report.Tell(address, result);
            return result.IsAccepted ? ExitCode.Ok : ExitCode.Refused;
        });
    }

    public static void Tell(this Report report, Address to, SendResult result)
    {
        var told = result.Text is null ? "" : $" ({result.Text})";
        if (result.IsAccepted)
            report.Tell($"accepted for {to}", Members("sent", to, result));
        else
            report.Tell($"not sent to {to}: {result.Code} {result.Reason}{told}", Members("refused", to, result));
    }

    private static (string, System.Text.Json.Nodes.JsonNode?)[] Members(string name, Address to, SendResult result) =>
    [
        ("event", name), ("to", to.ToString()), ("mid", result.Mid), ("code", result.Code),
        ("reason", result.Reason), ("text", result.Text),
    ];
}
