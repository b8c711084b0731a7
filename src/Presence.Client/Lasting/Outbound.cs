using Presence.Client.Requests;

namespace Presence.Client.Lasting;

/// <summary>
/// Messages of this side until their fate is known. What a server had taken over is not known to have arrived before the
/// receipt: if the session is lost in between, it is sent again under the same number, and the recipient drops what he has.
/// </summary>
/// <param name="ask">Asks once and awaits the answer.</param>
internal sealed class Outbound(
    Func<PendingRequest, CancellationToken, Task<ServerAnswer>> ask, TimeProvider time, TimeSpan pause)
{
    // The server's word that a message's time is over is said when it is, and comes after that.
    private static readonly TimeSpan LastWordTime = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly LinkedList<MessageOnTheWay> _messages = [];
    private readonly RecentKeys<(string Mid, string From, string Disposition)> _receipts = new(4096);

    /// <exception cref="PipRefusedException">The server did not take it.</exception>
    public async Task<SentMessage> Send(
        SentMessage sent, RequestFrame frame, SendOptions options, CancellationToken cancellation)
    {
        var message = new MessageOnTheWay(sent, frame, time.GetUtcNow() + options.Lifetime);
        lock (_lock)
            _messages.AddLast(message);

        try
        {
            (await Ask(message, new PendingRequest(frame, isRepeatable: true), cancellation)).Require();
        }
        catch
        {
            Settle(message, DeliveryOutcome.Unknown);
            throw;
        }

        if (options.WantsDelivered)
            Follow(message);
        else
            Settle(message, DeliveryOutcome.Unknown);

        return sent;
    }

    /// <summary>What a server had taken over and nobody has confirmed, to be asked for in a new session.</summary>
    public IReadOnlyList<(MessageOnTheWay Message, PendingRequest Request)> Unconfirmed()
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            return [.. _messages.Where(message => message.IsAccepted && message.Deadline > now)
                .Select(message => (message, new PendingRequest(message.Frame, true) { WasInterrupted = true }))];
        }
    }

    /// <summary>Follows up what was sent again.</summary>
    public async Task Again(MessageOnTheWay message, PendingRequest request, CancellationToken cancellation)
    {
        var answer = await Continue(message, request, await request.Answer.WaitAsync(cancellation), cancellation);
        if (!answer.IsDone)
            Settle(message, DeliveryOutcome.Failed, answer.Code);
    }

    /// <returns>False if the same word came before.</returns>
    public bool Take(Receipt receipt)
    {
        MessageOnTheWay? message;
        lock (_lock)
        {
            message = _messages.FirstOrDefault(one => one.Sent.Mid == receipt.Mid);
            if (!_receipts.TryAdd((receipt.Mid, receipt.From.ToString(), receipt.Disposition)))
                return false;
        }

        if (message is not null)
        {
            Settle(message, receipt.Disposition == "failed" ? DeliveryOutcome.Failed : DeliveryOutcome.Delivered,
                receipt.Code, receipt.Time);
        }

        return true;
    }

    public void Close()
    {
        MessageOnTheWay[] left;
        lock (_lock)
            left = [.. _messages];

        foreach (var message in left)
            Settle(message, DeliveryOutcome.Unknown);
    }

    private async Task<ServerAnswer> Ask(
        MessageOnTheWay message, PendingRequest request, CancellationToken cancellation) =>
        await Continue(message, request, await ask(request, cancellation), cancellation);

    // After a break the recipient may be about to come back as well.
    private async Task<ServerAnswer> Continue(
        MessageOnTheWay message, PendingRequest request, ServerAnswer answer, CancellationToken cancellation)
    {
        while (answer.Code is 480 or 503 && request.WasInterrupted && time.GetUtcNow() + pause < message.Deadline)
        {
            await Task.Delay(pause, time, cancellation);
            request = new PendingRequest(message.Frame, isRepeatable: true) { WasInterrupted = true };
            answer = await ask(request, cancellation);
        }

        return answer;
    }

    private void Follow(MessageOnTheWay message)
    {
        lock (_lock)
        {
            message.IsAccepted = true;
            if (message.Sent.Delivery.IsCompleted)
                return;

            var left = message.Deadline + LastWordTime - time.GetUtcNow();
            message.Expiry = time.CreateTimer(_ => Settle(message, DeliveryOutcome.Unknown), null,
                left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    private void Settle(MessageOnTheWay message, DeliveryOutcome outcome, int? code = null, DateTimeOffset? at = null)
    {
        lock (_lock)
        {
            _messages.Remove(message);
            message.Expiry?.Dispose();
        }

        message.Sent.Settle(outcome, code, at);
    }
}
