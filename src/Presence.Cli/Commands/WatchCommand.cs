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
        var command = new Command("watch", "Print a line for each change, until Ctrl-C") { addresses, count };
        return command.RunsIn(options, async (parsed, cancellation) =>
        {
            var wanted = parsed.GetValue(count) ?? long.MaxValue;
            if (wanted < 1)
                throw new UsageException("--count takes a number from 1.");

            var places = parsed.GetRequiredValue(addresses).Select(AddressArgument.ParsePlace).ToArray();
            var report = options.Report(parsed);
            await using var session = await options.Read(parsed).Open(cancellation);
            var own = new Dictionary<string, Subscription>();
            foreach (var place in places)
            {
                var subscription = await session.Subscribe(place, lifetime: null, cancellation);
                own[subscription.Id] = subscription;
                if (subscription.State == SubscriptionState.Pending)
                    report.Remark($"{subscription.Target}: asked for permission, waiting");
            }

            await Follow(session, own, report, wanted, cancellation);
            return ExitCode.Ok;
        });
    }

    private static async Task Follow(PresenceSession session, Dictionary<string, Subscription> own, Report report,
        long count, CancellationToken cancellation)
    {
        await foreach (var happened in session.Events(cancellation))
        {
            // The account may have other subscriptions, whose changes come here as well.
            if (happened is not Notification { SubscriptionId: { } id } change
                || !own.TryGetValue(id, out var subscription))
                continue;

            report.Tell(change);
            if (--count == 0)
            {
                session.Acknowledge(change);
                return;
            }

            if (change is { State: SubscriptionState.Terminated, Why: "timeout" or "deactivated" })
                await session.Subscribe(subscription.Target, lifetime: null, cancellation);
        }
    }
}
