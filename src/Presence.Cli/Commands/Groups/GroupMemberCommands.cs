using System.CommandLine;
using Presence.Cli.Options;
using Presence.Cli.Output;
using Presence.Client;
using Presence.Model.Groups;

namespace Presence.Cli.Commands.Groups;

/// <summary>Who is in a group: <c>join</c>, <c>leave</c>, <c>invite</c>, <c>remove</c>, <c>role</c>.</summary>
internal static class GroupMemberCommands
{
    public static Command BuildJoin(SessionOptions options)
    {
        var argument = Typed.GroupOrInterest();
        var classes = Typed.Text("--classes", "LIST",
            "Only messages of these classes, joined by commas, such as 'games.>,news.*'; empty for all again");
        var command = new Command("join", "Become a member, or ask to") { argument, classes };
        return command.RunsUnseen(options, parsed =>
        {
            var group = AddressArgument.ParsePlace(parsed.GetRequiredValue(argument)).ToString();
            var wanted = parsed.GetValue(classes);
            return async (session, report, cancellation) =>
            {
                var answer = (await session.Ask("JOIN", group, [("classes", wanted)], cancellation: cancellation))
                    .Require();
                Tell(report, "joined", group, session.Account.ToString(), answer);
                return ExitCode.Ok;
            };
        });
    }

    public static Command BuildLeave(SessionOptions options)
    {
        var argument = Typed.GroupOrInterest();
        var command = new Command("leave", "Be a member no more, or decline an invitation") { argument };
        return command.RunsUnseen(options, parsed =>
        {
            var group = AddressArgument.ParsePlace(parsed.GetRequiredValue(argument)).ToString();
            return async (session, report, cancellation) =>
            {
                (await session.Ask("LEAVE", group, cancellation: cancellation)).Require();
                report.Tell($"you have left {group}", ("event", "left"), ("group", group));
                return ExitCode.Ok;
            };
        });
    }

    public static Command BuildInvite(SessionOptions options)
    {
        var (argument, who) = (Typed.Group(), Typed.Who());
        var command = new Command("invite", "Invite somebody, or admit who has asked (moderators)") { argument, who };
        return command.RunsUnseen(options, parsed => Join(parsed, argument, who, role: null));
    }

    public static Command BuildRole(SessionOptions options)
    {
        var (argument, who) = (Typed.Group(), Typed.Who());
        var role = new Argument<string>("ROLE") { Description = "owner, moderator, member or muted" };
        role.AcceptOnlyFromAmong([.. Enum.GetValues<GroupRole>().Select(GroupRoleWords.Word)]);
        var command = new Command("role", "Give a member another role (moderators and owners)") { argument, who, role };
        return command.RunsUnseen(options, parsed => Join(parsed, argument, who, parsed.GetRequiredValue(role)));
    }

    public static Command BuildRemove(SessionOptions options)
    {
        var (argument, who) = (Typed.Group(), Typed.Who());
        var command = new Command("remove", "Put a member out; he may ask again (moderators)") { argument, who };
        return command.RunsUnseen(options, parsed =>
        {
            var group = AddressArgument.Parse(parsed.GetRequiredValue(argument)).ToString();
            var person = AddressArgument.Parse(parsed.GetRequiredValue(who)).ToString();
            return async (session, report, cancellation) =>
            {
                (await session.Ask("LEAVE", group, [("who", person)], cancellation: cancellation)).Require();
                report.Tell($"{person} is removed from {group}",
                    ("event", "removed"), ("group", group), ("who", person));
                return ExitCode.Ok;
            };
        });
    }

    private static SessionAction Join(ParseResult parsed, Argument<string> argument, Argument<string> who, string? role)
    {
        var group = AddressArgument.Parse(parsed.GetRequiredValue(argument)).ToString();
        var person = AddressArgument.Parse(parsed.GetRequiredValue(who)).ToString();
        return async (session, report, cancellation) =>
        {
            var answer = (await session.Ask("JOIN", group, [("who", person), ("role", role)],
                cancellation: cancellation)).Require();
            Tell(report, role is null ? "invited" : "role", group, person, answer);
            return ExitCode.Ok;
        };
    }

    private static void Tell(Report report, string name, string group, string who, ServerAnswer answer)
    {
        var state = answer.Parameters["state"];
        var shown = state switch
        {
            "pending" => "waits for a moderator of",
            "invited" => "is invited to",
            null => "is in",
            "muted" => "is muted in",
            _ => $"is {state} of",
        };
        report.Tell($"{who} {shown} {group}",
            ("event", name), ("group", group), ("who", who), ("state", state), ("code", answer.Code));
    }
}
