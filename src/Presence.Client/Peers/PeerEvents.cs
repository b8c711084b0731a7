using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Presence.Client.Peers;

/// <summary>Events from home and from the direct connection, in the order in which they came, for one reader.</summary>
internal sealed class PeerEvents
{
    /// <summary>Events that may wait for the reader; the home server is held up before, a partner is sent home.</summary>
    private const int Capacity = 256;

    private readonly Channel<(PresenceEvent Event, Action Taken)> _channel =
        Channel.CreateBounded<(PresenceEvent, Action)>(Capacity);

    /// <summary>Completes when the reader has asked for the event after it, so that it may be acknowledged.</summary>
    public async Task HandOver(PresenceEvent happened, CancellationToken cancellation)
    {
        var taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _channel.Writer.WriteAsync((happened, taken.SetResult), cancellation);
        await taken.Task.WaitAsync(cancellation);
    }

    /// <returns>False if too many wait.</returns>
    public bool TryPut(PresenceEvent happened, Action taken) => _channel.Writer.TryWrite((happened, taken));

    public void Complete(Exception? why) => _channel.Writer.TryComplete(why);

    public async IAsyncEnumerable<PresenceEvent> ReadAll([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var (happened, taken) in _channel.Reader.ReadAllAsync(cancellation))
        {
            yield return happened;
            taken();
        }
    }
}
