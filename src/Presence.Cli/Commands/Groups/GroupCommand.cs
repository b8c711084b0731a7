using System.CommandLine;
using Presence.Cli.Options;

namespace Presence.Cli.Commands.Groups;

/// <summary><c>presence group …</c>: groups and interest nodes (docs/protocol/messages.md, "Groups").</summary>
internal static class GroupCommand
{
    public static Command Build(SessionOptions options) =>
        new("group", "Groups, and classes of interest such as localhost/interest/games.chess. "
            + "Write to them with 'presence send', ban with 'presence block WHO --on GROUP'")
        {
            GroupCreateCommand.Build(options),
            BuildDestroy(options),
            GroupMemberCommands.BuildJoin(options),
            GroupMemberCommands.BuildLeave(options),
            GroupMembersCommand.Build(options),
            GroupMemberCommands.BuildInvite(options),
            GroupMemberCommands.BuildRemove(options),
            GroupMemberCommands.BuildRole(options),
        };

    private static Command BuildDestroy(SessionOptions options)
    {
        var argument = Typed.Group();
        var version = Typed.Number("--if", "VERSION", "Only if it still has this version");
        var command = new Command("destroy", "End a group of yours for everybody") { argument, version };
        return command.RunsUnseen(options, parsed =>
        {
            var group = AddressArgument.Parse(parsed.GetRequiredValue(argument)).ToString();
            var condition = parsed.Read(version, least: 0);
            return async (session, report, cancellation) =>
            {
                (await session.Ask("DESTROY", group, [("if", condition)], cancellation: cancellation)).Require();
                report.Tell($"{group} is destroyed", ("event", "destroyed"), ("group", group));
                return ExitCode.Ok;
            };
        });
    }
}
