using Presence.Protocol.Framing;

namespace Presence.Client.Connections;

/// <summary>Requests that await their final response, by tag. Safe for several threads.</summary>
internal sealed class PendingRequests
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, TaskCompletionSource<Frame>> _byTag = [];
    private PipConnectionException? _ended;

    /// <exception cref="PipConnectionException">The connection has ended.</exception>
    public Task<Frame> Add(long tag)
    {
        lock (_lock)
        {
            if (_ended is not null)
                throw _ended;

            // Continuations must not run on the reader loop.
            var answer = new TaskCompletionSource<Frame>(TaskCreationOptions.RunContinuationsAsynchronously);
            _byTag.Add(tag, answer);
            return answer.Task;
        }
    }

    /// <summary>An answer that nobody awaits any more is dropped.</summary>
    public void Answer(Frame response) => Take(response.Number)?.TrySetResult(response);

    /// <returns>False if nobody awaits this tag.</returns>
    public bool Fail(long tag, PipConnectionException why) => Take(tag)?.TrySetException(why) ?? false;

    public void Forget(long tag) => Take(tag);

    public void FailAll(PipConnectionException why)
    {
        TaskCompletionSource<Frame>[] waiting;
        lock (_lock)
        {
            _ended ??= why;
            waiting = [.. _byTag.Values];
            _byTag.Clear();
        }

        foreach (var answer in waiting)
            answer.TrySetException(why);
    }

    private TaskCompletionSource<Frame>? Take(long tag)
    {
        lock (_lock)
            return _byTag.Remove(tag, out var answer) ? answer : null;
    }
}
