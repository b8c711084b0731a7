using System.CommandLine;
using Presence.Cli.Options;
using Presence.Cli.Output;

namespace Presence.Cli.Commands;

/// <summary><c>presence explain</c>: asks the admin interface of the node on this machine, not a session.</summary>
internal static class ExplainCommand
{
    public static Command Build(Surroundings surroundings)
    {
        var asker = new Argument<string>("A") { Description = "Who looks" };
        var user = new Argument<string>("B") { Description = "Who is looked at" };
        var command = new Command("explain",
            "Why does A see B as he does? For the administrator of the running node, see 'presence user'")
        {
            asker, user,
        };
        return command.RunsOn(surroundings, JsonOption.Create(), async (parsed, api, report, cancellation) =>
        {
            var answer = await api.Explain(AddressArgument.Parse(parsed.GetRequiredValue(asker)),
                AddressArgument.Parse(parsed.GetRequiredValue(user)), cancellation);
            var table = new Table();
            foreach (var line in answer.Lines)
            {
                table.Add([line.Subject, line.Text], ("event", "explained"), ("asker", answer.Asker),
                    ("user", answer.User), ("subject", line.Subject), ("text", line.Text));
            }

            table.TellTo(report);
            return ExitCode.Ok;
        });
    }
}
