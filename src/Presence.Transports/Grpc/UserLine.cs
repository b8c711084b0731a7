using Presence.Protocol.Framing;

namespace Presence.Transports.Grpc;

/// <summary>One line, used by one call after the other.</summary>
internal sealed class UserLine(Func<SessionLine> open) : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private SessionLine? _line;
    private DateTimeOffset _used;
    private int _users;
    private bool _isClosed;

    /// <summary>The final response, or null if the line is over and the request was not executed.</summary>
    /// <exception cref="OperationCanceledException">The caller waits no longer.</exception>
    public async Task<Frame?> Ask(Func<long, ReadOnlyMemory<byte>> write, DateTimeOffset now, CancellationToken cancel)
    {
        Interlocked.Increment(ref _users);
        try
        {
            await _turn.WaitAsync(cancel);
            try
            {
                _used = now;
                if (_isClosed || _line is { IsOver: true })
                    return null;
                _line ??= open();
                return await Ask(_line, write, cancel);
            }
            finally
            {
                _turn.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _users);
        }
    }

    public bool IsIdle(DateTimeOffset since) => Volatile.Read(ref _users) == 0 && _used < since;

    /// <summary>Ends it when the calls before have had their turn; those after find it over.</summary>
    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync();
        try
        {
            _isClosed = true;
            if (_line is { } line)
                await line.DisposeAsync();
            _line = null;
        }
        finally
        {
            _turn.Release();
        }
    }

    private static async Task<Frame?> Ask(SessionLine line, Func<long, ReadOnlyMemory<byte>> write, CancellationToken cancel)
    {
        var tag = line.NextTag();
        await line.Write(write(tag), cancel);
        // Responses to calls that have given up come first.
        while (await line.Read(cancel) is { } frame)
        {
            if (frame.Kind == FrameKind.Response && (frame.Number == tag || line.LastWord is not null))
                return frame;
        }

        // It was closed before it took the request, by an end that had been told to an earlier call.
        return null;
    }
}
