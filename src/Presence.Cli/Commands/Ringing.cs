using Presence.Cli.Output;
using Presence.Client;
using Presence.Model.Addresses;

namespace Presence.Cli.Commands;

/// <summary>One invitation from its offer to its answer (docs/protocol/messages.md, "Invitations").</summary>
internal sealed class Ringing(PresenceClient session, Report report, Ringing.Offer offer)
{
    private static readonly TimeSpan TimeToCancel = TimeSpan.FromSeconds(2);

    private readonly string _to = offer.To.ToString();

    /// <summary>Ends with the final answer, which the server gives at the latest when the offer has run out.</summary>
    public async Task<int> Run(CancellationToken cancellation)
    {
        // Open before anything is asked: the answer may come at once.
        var events = session.EventsAsync(cancellation);
        try
        {
            (await session.Ask("INVITE", _to,
                [("inv", offer.Id), ("ttl", offer.Seconds), ("type", offer.ContentType)], offer.Body, cancellation))
                .Require();
            report.Remark($"calling {_to}; Ctrl-C withdraws it");
            return await Wait(events);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await Cancel();
            throw;
        }
    }

    private async Task<int> Wait(IAsyncEnumerable<PresenceEvent> events)
    {
        await foreach (var happened in events)
        {
            if (happened is not InvitationAnswer answer || answer.Id != offer.Id)
                continue;

            report.Tell(answer);
            if (answer.Code < 200)
                continue;

            return answer.Code < 300 ? ExitCode.Ok : ExitCode.Refused;
        }

        throw new InvalidOperationException("Events end with an error only, while the client lives.");
    }

    private async Task Cancel()
    {
        using var patience = new CancellationTokenSource(TimeToCancel);
        try
        {
            await session.Ask("CANCEL", _to, [("inv", offer.Id)], cancellation: patience.Token);
        }
        catch (Exception exception) when (exception is PresenceException or OperationCanceledException)
        {
            report.Remark($"could not withdraw it; it rings until its time is over");
        }
    }

    /// <param name="To">Whom it is for.</param>
    /// <param name="Id">Our name for it.</param>
    /// <param name="ContentType">MIME type of the body.</param>
    /// <param name="Seconds">How long it rings, as on the wire; null for the server's 30.</param>
    public sealed record Offer(Address To, string Id, string ContentType, string? Seconds, ReadOnlyMemory<byte> Body);
}
