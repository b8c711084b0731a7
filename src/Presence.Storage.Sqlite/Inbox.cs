using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace Presence.Storage.Sqlite;

/// <summary>
/// Bounded queue between grains, which await, and our own threads, which block. A full inbox makes its posters wait.
/// </summary>
internal sealed class Inbox<T>(int capacity)
{
    // A post wakes the waiting thread itself: no detour over the thread pool, which Orleans keeps busy.
    private readonly Channel<T> _channel = Channel.CreateBounded<T>(
        new BoundedChannelOptions(capacity) { AllowSynchronousContinuations = true });

    /// <exception cref="SqliteStorageException">The inbox is closed.</exception>
    public async ValueTask Post(T item, CancellationToken cancellationToken)
    {
        try
        {
            await _channel.Writer.WriteAsync(item, cancellationToken);
        }
        catch (ChannelClosedException closed)
        {
            throw new SqliteStorageException("The SQLite grain storage is closed.", closed);
        }
    }

    /// <summary>Blocks until an item is there (true), or the inbox is closed and empty (false).</summary>
    [SuppressMessage("Usage", "VSTHRD002", Justification = "Only threads of our own wait here; no scheduler's.")]
    public bool Wait(CancellationToken cancellationToken)
    {
        var more = _channel.Reader.WaitToReadAsync(cancellationToken);
        return more.IsCompleted ? more.GetAwaiter().GetResult() : more.AsTask().GetAwaiter().GetResult();
    }

    public bool TryTake([MaybeNullWhen(false)] out T item) => _channel.Reader.TryRead(out item);

    /// <summary>Refuses further posts; what is queued can still be taken.</summary>
    public void Close() => _channel.Writer.TryComplete();
}
