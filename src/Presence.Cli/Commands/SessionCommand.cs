using System.CommandLine;
using Presence.Cli.Options;
using Presence.Cli.Output;
using Presence.Client;

namespace Presence.Cli.Commands;

/// <summary>What a command does while it is connected.</summary>
/// <returns>One of <see cref="ExitCode"/>.</returns>
internal delegate Task<int> SessionAction(PresenceClient session, Report report, CancellationToken cancellation);

/// <summary>What the commands that talk PIP have in common.</summary>
internal static class SessionCommand
{
    /// <summary>Gives a command the session options and its action.</summary>
    public static Command RunsIn(
        this Command command, SessionOptions options, Func<ParseResult, CancellationToken, Task<int>> action)
    {
        options.AddTo(command);
        command.SetAction((parsed, cancellation) =>
            Outcome.Of(options.Surroundings, () => action(parsed, cancellation), cancellation));
        return command;
    }

    /// <summary>
    /// As <see cref="RunsIn"/>, in a session for a moment that nobody sees. What was typed is read before anybody is
    /// connected to.
    /// </summary>
    public static Command RunsUnseen(
        this Command command, SessionOptions options, Func<ParseResult, SessionAction> read) =>
        command.RunsIn(options, async (parsed, cancellation) =>
        {
            var action = read(parsed);
            await using var session = await options.Read(parsed).ConnectUnseen(cancellation);
            return await action(session, options.Report(parsed), cancellation);
        });
}
