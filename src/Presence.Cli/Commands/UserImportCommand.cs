using System.CommandLine;
using Presence.Cli.Admin;
using Presence.Cli.Options;
using Presence.Cli.Output;

namespace Presence.Cli.Commands;

internal static class UserImportCommand
{
    public static Command Build(Surroundings surroundings)
    {
        var argument = new Argument<string>("FILE")
        {
            Description = "One 'address password' a line, in UTF-8; empty lines and # comments are passed over",
        };
        var command = new Command("import", "Create many accounts; those that exist stay as they are") { argument };
        return command.RunsOn(surroundings, JsonOption.Create(), async (parsed, api, report, cancellation) =>
        {
            using var reader = Open(parsed.GetRequiredValue(argument));
            return await Run(new UserImport(api, (line, why) => TellRefused(report, line, why)), reader, report,
                cancellation);
        });
    }

    private static async Task<int> Run(
        UserImport import, StreamReader reader, Report report, CancellationToken cancellation)
    {
        try
        {
            await import.Run(reader, cancellation);
        }
        catch
        {
            report.Remark($"stopped; the file is imported up to line {import.LastLine}");
            throw;
        }

        report.Tell($"{import.Added} added, {import.Existing} existing, {import.Refused} refused",
            ("event", "imported"), ("added", import.Added), ("existing", import.Existing),
            ("refused", import.Refused));
        return import.Refused == 0 ? ExitCode.Ok : ExitCode.Refused;
    }

    private static StreamReader Open(string path)
    {
        try
        {
            return new StreamReader(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"Cannot read '{path}': {exception.Message}");
        }
    }

    private static void TellRefused(Report report, ImportLine line, string why) =>
        report.Tell($"line {line.Number}: {line.Address}: {why}",
            ("event", "refused"), ("line", line.Number), ("address", line.Address), ("why", why));
}
