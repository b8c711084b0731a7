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
        var passphrase = new Option<bool>("--passphrase")
        {
            Description = "It is behind a passphrase, which is asked for [default: PRESENCE_PASSPHRASE] and not sent",
        };
        var command = new Command("watch",
            "Print a line for each change, until Ctrl-C; goes on when the node was restarted")
        {
            addresses, count, passphrase,
        };
        return command.RunsIn(options, async (parsed, cancellation) =>
        {
            var wanted = parsed.GetValue(count) ?? long.MaxValue;
            if (wanted < 1)
                throw new UsageException("--count takes a number from 1.");

            var places = parsed.GetRequiredValue(addresses)
                .Select(place => AddressArgument.ParsePlace(place).ToString()).ToArray();
            var pass = parsed.GetValue(passphrase) ? PassphraseOf(options, places) : null;
            var report = options.Report(parsed);
            await using var client = await options.Read(parsed).Connect(cancellation);
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            var telling = TellOfTheConnection(client, report, ending.Token);
            try
            {
                var changes = pass is null
                    ? client.WatchAsync(places, cancellation)
                    : client.WatchWithPassphraseAsync(places[0], pass, cancellation);
                return await Follow(changes, report, wanted);
            }
            finally
            {
                await ending.CancelAsync();
                await telling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        });
    }

    private static string PassphraseOf(SessionOptions options, string[] places) => places is [var place]
        ? PassphraseSource.Read(options.Surroundings, $"Passphrase of {place}: ")
        : throw new UsageException("--passphrase is for one place.");

    /// <returns>Refused if nothing is left to watch.</returns>
    private static async Task<int> Follow(IAsyncEnumerable<Notification> changes, Report report, long count)
    {
        await foreach (var change in changes)
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
