using System.CommandLine;
using Presence.Cli.Options;
using Presence.Cli.Output;

namespace Presence.Cli.Commands;

internal static class FindCommand
{
    public static Command Build(SessionOptions options)
    {
        var query = new Argument<string>("TEXT") { Description = "2 to 64 characters of the address or name" };
        var domain = Typed.Text("--domain", "DOMAIN", "Where to look [default: your own domain]");
        var max = Typed.Number("--max", "N", "At most so many; servers tell no more than 10");
        var command = new Command("find", "Find people who let themselves be found (~/privacy/find)")
        {
            query, domain, max,
        };
        return command.RunsUnseen(options, parsed =>
        {
            var place = parsed.GetValue(domain) is { } text ? ReadDomain(text) : null;
            var (wanted, most) = (ReadText(parsed.GetRequiredValue(query)), parsed.Read(max, least: 1));
            return async (session, report, cancellation) =>
            {
                var answer = (await session.Ask("FIND", place ?? session.Account.Domain.Value,
                    [("q", wanted), ("max", most)], cancellation: cancellation)).Require();
                var table = new Table();
                foreach (var item in answer.Items())
                    table.Add([item.First, item.Parameters["name"]], ItemMembers.Of("found", "who", item));

                table.TellTo(report);
                if (table.Count == 0)
                    report.Remark($"nobody who lets himself be found by you");

                return ExitCode.Ok;
            };
        });
    }

    private static string ReadText(string text) => text.Trim().Length is >= 2 and <= 64
        ? text
        : throw new UsageException($"'{text}' is not 2 to 64 characters.");

    private static string ReadDomain(string text)
    {
        var address = AddressArgument.Parse(text);
        return address.IsDomain ? address.ToString() : throw new UsageException($"'{text}' is no domain.");
    }
}
