using System.CommandLine;
using Presence.Cli.Options;
using Presence.Cli.Output;
using Presence.Client;

namespace Presence.Cli.Commands;

internal static class WatchCommand
{
    public static Command Build(SessionOptions options)
    {
        var addresses = new Argument<string[]>("ADDR")
        {
            Arity = ArgumentArity.OneOrMore,
            Description = "Whom to watch: an address, for its status, or address/property",
        };
        var count = new Option<long?>("--count") { HelpName = "N", Description = "End after N lines" };
        var command = new Command("watch",
            "Print a line for each change, until Ctrl-C; goes on when the node was restarted") { addresses, count };
        return command.RunsIn(options, async (parsed, cancellation) =>
        {
            var wanted = parsed.GetValue(count) ?? long.MaxValue;
            if (wanted < 1)
                throw new UsageException("--count takes a number from 1.");

            var places = parsed.GetRequiredValue(addresses)
                .Select(place => AddressArgument.ParsePlace(place).ToString()).ToArray();
            var report = options.Report(parsed);
            await using var client = await options.Read(parsed).Connect(cancellation);
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            var telling = TellOfTheConnection(client, report, ending.Token);
            try
            {
                return await Follow(client, places, report, wanted, cancellation);
            }
            finally
            {
                await ending.CancelAsync();
                await telling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        });
    }

    /// <returns>Refused if nothing is left to watch.</returns>
    private static async Task<int> Follow(
        PresenceClient client, string[] places, Report report, long count, CancellationToken cancellation)
    {
        await foreach (var change in client.WatchAsync(places, cancellation))
        {
            if (change.State == SubscriptionState.Pending)
            {
                report.Remark($"{change.Target}: asked for permission, waiting");
                continue;
            }

            report.Tell(change);
            if (--count == 0)
                return ExitCode.Ok;
        }

        return ExitCode.Refused;
    }

    private static async Task TellOfTheConnection(
        PresenceClient client, Report report, CancellationToken cancellation)
    {
        await foreach (var word in client.ConnectionEvents(cancellation))
            report.Tell(word);
    }
}
