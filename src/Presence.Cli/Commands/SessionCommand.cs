using System.CommandLine;
using Presence.Cli.Options;

namespace Presence.Cli.Commands;

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
}
