using System.CommandLine;
using Presence.Cli.Options;

namespace Presence.Cli.Commands.Admin;

internal static class AdminKickCommand
{
    public static Command Build(Surroundings surroundings)
    {
        var whom = new Argument<string>("WHOM")
        {
            Description = "A user, as alice@localhost, wherever he is; or the id of one session of this node",
        };
        var endpoint = new Option<string?>("--endpoint")
        {
            Description = "Only the user's session of this endpoint", HelpName = "NAME",
        };
        var command = new Command("kick",
            "End sessions; who was kicked may log in again, see 'presence user passwd'") { whom, endpoint };
        return command.RunsOn(surroundings, JsonOption.Create(), async (parsed, api, report, cancellation) =>
        {
            var typed = parsed.GetRequiredValue(whom);
            var one = parsed.GetValue(endpoint);
            var isUser = typed.Contains('@', StringComparison.Ordinal);
            if (!isUser && one is not null)
                throw new UsageException("--endpoint goes with a user, not with a session.");
            var ended = isUser
                ? await api.KickUser(AddressArgument.Parse(typed), one, cancellation)
                : await api.KickSession(typed, cancellation);
            report.Tell($"{ended.Count} sessions ended", ("event", "kicked"), ("count", ended.Count));
            return ExitCode.Ok;
        });
    }
}
