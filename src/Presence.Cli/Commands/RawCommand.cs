using System.CommandLine;
using Presence.Cli.Options;
using Presence.Client.Connections;

namespace Presence.Cli.Commands;

internal static class RawCommand
{
    public static Command Build(SessionOptions options)
    {
        var login = new Option<bool>("--login") { Description = "Log in first, so that the rest can be typed by hand" };
        var command = new Command("raw",
            "Type PIP frames by hand: > is sent, < is received. The line 'login' does HELLO, AUTH and BIND for --user; "
            + "acknowledge events yourself; the end of the input sends QUIT") { login };
        return command.RunsIn(options, async (parsed, cancellation) =>
        {
            var shell = new RawShell(options.Report(parsed));
            SessionSettings Settings() => options.Read(parsed);
            await using var connection = await PipConnection.Connect(
                options.ReadConnection(parsed) with { Trace = shell.Show, AcknowledgeUnknownEvents = false },
                cancellation);
            if (parsed.GetValue(login))
                await RawShell.LogIn(connection, Settings(), cancellation);

            await shell.Run(connection, TypedLines.Of(options.Surroundings.In), Settings, cancellation);
            return ExitCode.Ok;
        });
    }
}
