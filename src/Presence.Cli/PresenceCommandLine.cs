using System.CommandLine;
using System.CommandLine.Invocation;
using Presence.Cli.Commands;
using Presence.Cli.Commands.Access;
using Presence.Cli.Commands.Admin;
using Presence.Cli.Commands.Groups;
using Presence.Cli.Commands.Properties;
using Presence.Cli.Options;

namespace Presence.Cli;

/// <summary>The whole of <c>presence …</c>: what there is to type, and how it is run.</summary>
internal static class PresenceCommandLine
{
    // Longer than a session takes to say QUIT.
    private static readonly TimeSpan TimeToStop = TimeSpan.FromSeconds(5);

    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> Run(
        IReadOnlyList<string> arguments, Surroundings surroundings, CancellationToken cancellation = default)
    {
        // A message may begin with "@"; it names no response file.
        var root = Build(surroundings);
        var parser = new ParserConfiguration { ResponseFileTokenReplacer = null };
        var parsed = root.Parse(arguments, parser);
        var output = surroundings.Out;
        if (parsed.Action is ParseErrorAction)
        {
            // The complaint repeats what was typed, but never a passphrase.
            parsed = root.Parse([.. arguments.Select(UriSecret.Hide)], parser);
        }

        if (parsed.Action is ParseErrorAction mistake)
        {
            mistake.ShowHelp = parsed.CommandResult.Command.Subcommands.Count > 0;
            output = surroundings.Error;
        }

        var exitCode = await parsed.InvokeAsync(new InvocationConfiguration
        {
            Output = output,
            Error = surroundings.Error,
            ProcessTerminationTimeout = TimeToStop,
        }, cancellation);
        return parsed.Action is ParseErrorAction ? ExitCode.Usage : exitCode;
    }

    private static RootCommand Build(Surroundings surroundings)
    {
        var session = new SessionOptions(surroundings);
        var root = new RootCommand($"Presence and instant messages over PIP/1.0.\n\n{ExitCode.Help}")
        {
            HelpName = "presence",
        };
        foreach (var command in Commands(surroundings, session))
            root.Subcommands.Add(command);

        return root;
    }

    private static IEnumerable<Command> Commands(Surroundings surroundings, SessionOptions session) =>
    [
        UserCommand.Build(surroundings),
        StatusCommand.Build(session),
        WatchCommand.Build(session),
        SendCommand.Build(session),
        ChatCommand.Build(session),
        InviteCommand.Build(session),
        AnswerCommand.Build(session),
        .. DecisionCommands.Build(session),
        WatchersCommand.Build(session),
        AclCommand.Build(session),
        .. PersonCommands.Build(session),
        GroupCommand.Build(session),
        FindCommand.Build(session),
        LocateCommand.Build(session),
        CheckCommand.Build(surroundings),
        .. PropertyCommands.Build(session),
        PassphraseCommand.Build(session),
        ForwardCommand.Build(session),
        ExplainCommand.Build(surroundings),
        AdminCommand.Build(surroundings),
        RawCommand.Build(session),
    ];
}
