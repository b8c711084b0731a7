using Presence.Client.Connections;

namespace Presence.Client.Peers;

/// <summary>
/// Sends one message after another: over the direct connection while there is one, else through the home servers. What
/// was sent directly and is not known to have arrived goes the other way when the connection is lost, under the same mid.
/// </summary>
internal sealed class PeerSender(PresenceSession home) : IDisposable
{
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly SeenMessages _sent = new();
    private readonly Lock _lock = new();
    private readonly List<PeerMessage> _open = [];

    public async Task<SendResult> Send(PeerMessage message, Func<PeerLink?> direct, CancellationToken cancellation)
    {
        await _sending.WaitAsync(cancellation);
        try
        {
            if (direct() is { } link)
            {
                if (await TrySend(message, link, cancellation) is { } taken)
                    return taken;

                if (link.Ended.IsCompleted)
                    await SendAgain(cancellation);
            }

            return await message.Send(home, cancellation);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Sends what a lost connection may have lost; what has arrived all the same is known there by its mid.</summary>
    public async Task Recover(CancellationToken cancellation)
    {
        await _sending.WaitAsync(cancellation);
        try
        {
            await SendAgain(cancellation);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Takes note of a direct receipt; false if it is about no message of ours.</summary>
    public bool Settle(string mid)
    {
        lock (_lock)
            _open.RemoveAll(message => message.Mid == mid);

        return _sent.Contains(mid);
    }

    public void Dispose() => _sending.Dispose();

    private async Task<SendResult?> TrySend(PeerMessage message, PeerLink link, CancellationToken cancellation)
    {
        // Before it is sent, as the receipt may overtake the answer.
        if (message.WantsDelivered)
        {
            lock (_lock)
                _open.Add(message);
        }

        _sent.Add(message.Mid);
        try
        {
            var answer = await link.Request(message.Write, cancellation);
            if (answer.Code is >= 200 and < 300)
                return new SendResult(message.Mid, answer.Code, answer.Reason, Text: null);
        }
        catch (PipConnectionException)
        {
            // Whether it has arrived nobody knows: the mid makes it harmless to send it again.
        }
        catch (TimeoutException)
        {
            await link.DisposeAsync();
        }

        lock (_lock)
            _open.Remove(message);

        return null;
    }

    private async Task SendAgain(CancellationToken cancellation)
    {
        PeerMessage[] open;
        lock (_lock)
        {
            open = [.. _open];
            _open.Clear();
        }

        foreach (var message in open)
            await message.Send(home, cancellation);
    }
}
