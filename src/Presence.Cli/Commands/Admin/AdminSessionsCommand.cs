using System.CommandLine;
using System.Globalization;
using Presence.Cli.Admin;
using Presence.Cli.Options;
using Presence.Cli.Output;

namespace Presence.Cli.Commands.Admin;

internal static class AdminSessionsCommand
{
    private const int Most = 1000;

    public static Command Build(Surroundings surroundings)
    {
        var user = new Option<string?>("--of") { Description = "Only sessions of this user", HelpName = "ADDRESS" };
        var command = new Command("sessions",
            "Sessions of this node: user, endpoint, transport, address, since, events that wait, id") { user };
        return command.RunsOn(surroundings, JsonOption.Create(), async (parsed, api, report, cancellation) =>
        {
            var only = parsed.GetValue(user) is { } typed ? AddressArgument.Parse(typed).ToString() : null;
            var answer = await api.Sessions(only, Most, cancellation);
            var table = new Table();
            foreach (var session in answer.Sessions)
                Add(table, session);
            table.TellTo(report);
            if (only is null && answer.Sessions.Count < answer.Total)
                report.Remark($"{answer.Sessions.Count} of {answer.Total} sessions; see --of");
            return ExitCode.Ok;
        });
    }

    /// <summary>In UTC, as ISO 8601; null stays null.</summary>
    public static string? Time(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static void Add(Table table, SessionRow session)
    {
        var state = session.IsParked ? "parked" : session.Transport;
        var waits = session.Queue.Events.ToString(CultureInfo.InvariantCulture);
        table.Add([session.User, session.Endpoint, state, session.Remote, Time(session.Since), waits, session.Id],
            ("event", "session"), ("id", session.Id), ("user", session.User), ("endpoint", session.Endpoint),
            ("parked", session.IsParked), ("transport", session.Transport), ("remote", session.Remote),
            ("since", Time(session.Since)), ("events", session.Queue.Events), ("unsent", session.Queue.Unsent),
            ("octets", session.Queue.Octets), ("watches", session.Watches));
    }
}
