using System.CommandLine;
using Presence.Cli.Admin;
using Presence.Cli.Output;

namespace Presence.Cli.Commands;

/// <summary><c>presence user …</c>: accounts of the node on this machine.</summary>
internal static class UserCommand
{
    public static Command Build(Surroundings surroundings) =>
        new("user", "Accounts of the running node, whose data directory Presence__Data names [default: ./data]")
        {
            UserAddCommand.Build(surroundings),
            UserListCommand.Build(surroundings),
            UserRemoveCommand.Build(surroundings),
            UserPasswdCommand.Build(surroundings),
            UserImportCommand.Build(surroundings),
        };

    public static Argument<string> AddressArgument() =>
        new("ADDRESS") { Description = "The account, such as alice@localhost" };

    /// <summary>Gives a command its action, which gets the node and the report.</summary>
    public static Command RunsOn(this Command command, Surroundings surroundings, Option<bool> json,
        Func<ParseResult, AdminApi, Report, CancellationToken, Task<int>> action)
    {
        command.Options.Add(json);
        command.SetAction((parsed, cancellation) => Outcome.Of(surroundings, async () =>
        {
            using var api = AdminApi.Of(surroundings);
            var report = new Report(surroundings.Out, surroundings.Error, parsed.GetValue(json));
            return await action(parsed, api, report, cancellation);
        }, cancellation));
        return command;
    }
}
