using System.Threading.Channels;
using Presence.Cli.Options;
using Presence.Cli.Output;
using Presence.Client;
using Presence.Client.Peers;
using Presence.Model.Addresses;

namespace Presence.Cli.Commands;

/// <summary>A conversation with one address on a terminal. Whatever else comes for the account is shown too.</summary>
/// <param name="direct">The same conversation, if it may go over a direct connection; it has the session's events then.</param>
internal sealed class Chat(PresenceSession session, Address with, Report report, PeerConversation? direct = null)
{
    private static readonly string[] Receipts = ["delivered", "displayed"];

    /// <summary>Ends with <c>/quit</c>, the end of the input, or the connection.</summary>
    public async Task Run(ChannelReader<string> typed, CancellationToken cancellation)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var showing = Show(ending.Token);
        var talking = Talk(typed, ending.Token);
        var first = await Task.WhenAny(showing, talking);
        await ending.CancelAsync();
        await Task.WhenAll(Quiet(showing), Quiet(talking));
        await first;
    }

    private async Task Show(CancellationToken cancellation)
    {
        await foreach (var happened in direct?.Events(cancellation) ?? session.Events(cancellation))
        {
            report.Tell(happened);
            if (happened is Message message && message.Wants.Contains("displayed"))
                await Try(() => direct?.Displayed(message, cancellation) ?? session.Displayed(message, cancellation));
        }
    }

    private async Task Talk(ChannelReader<string> typed, CancellationToken cancellation)
    {
        await Try(async () =>
        {
            var subscription = await session.Subscribe(new Place(with), lifetime: null, cancellation);
            if (subscription.State == SubscriptionState.Pending)
                report.Remark($"asked {with} for permission to see the status");
        });
        if (direct is not null)
            await Try(() => GoDirect(direct, cancellation));

        await foreach (var line in typed.ReadAllAsync(cancellation))
        {
            if (line is "/quit")
                return;

            await Try(() => Take(line, cancellation));
        }
    }

    private Task Take(string line, CancellationToken cancellation)
    {
        if (line.Length == 0)
            return Task.CompletedTask;

        if (line[0] != '/')
            return Send(line, cancellation);

        if (line.StartsWith("//", StringComparison.Ordinal))
            return Send(line[1..], cancellation);

        var words = line.Split(' ', 2, StringSplitOptions.TrimEntries);
        return words switch
        {
            ["/approve", { Length: > 0 } who] => Approve(who, cancellation),
            ["/status", { Length: > 0 } token] => SetStatus(token, cancellation),
            ["/direct"] when direct is not null => GoDirect(direct, cancellation),
            ["/home"] when direct is not null => direct.GoHome(),
            _ => Explain(),
        };
    }

    private async Task Send(string text, CancellationToken cancellation)
    {
        var result = await (direct?.Send(text, Receipts, cancellation)
            ?? session.Send(with, text, Receipts, cancellation));
        if (!result.IsAccepted)
            report.Tell(with, result);
    }

    private async Task GoDirect(PeerConversation conversation, CancellationToken cancellation)
    {
        var result = await conversation.GoDirect(cancellation);
        if (!result.IsDirect)
            report.Remark($"not direct: {result.Why}");
    }

    private async Task Approve(string who, CancellationToken cancellation)
    {
        var address = AddressArgument.Parse(who);
        await session.Approve(address, cancellation);
        report.Tell($"{address} may see your presence and write to you",
            ("event", "approved"), ("who", address.ToString()));
    }

    private async Task SetStatus(string token, CancellationToken cancellation)
    {
        await session.SetStatus(token, note: null, cancellation);
        report.Tell($"your status is {token} until 'presence status --clear'", ("event", "set"), ("status", token));
    }

    private Task Explain()
    {
        report.Remark($"/approve ADDR   let somebody see your presence and write to you");
        report.Remark($"/status TOKEN   set your status, such as away");
        if (direct is not null)
        {
            report.Remark($"/direct         invite the other side to a direct connection");
            report.Remark($"/home           end it; messages go through the servers again");
        }

        report.Remark($"/quit           leave; a line that begins with // is sent with one /");
        return Task.CompletedTask;
    }

    // A refused line is told, and the conversation goes on.
    private async Task Try(Func<Task> step)
    {
        try
        {
            await step();
        }
        catch (Exception exception) when (exception is PipRefusedException or UsageException or TimeoutException)
        {
            report.Remark($"{Outcome.Sentence(exception)}");
        }
    }

    // Both ends are awaited, but only the first to end tells how the conversation ended.
    private static async Task Quiet(Task task) =>
        await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
