namespace Presence.Client.Requests;

/// <summary>A request from the moment it is asked until its answer, over any number of connections.</summary>
/// <param name="frame">What is asked.</param>
/// <param name="isRepeatable">
/// True if doing it twice is doing it once, also in another session: then it is sent again after the session was lost.
/// </param>
internal sealed class PendingRequest(RequestFrame frame, bool isRepeatable)
{
    private readonly TaskCompletionSource<ServerAnswer> _answer =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    public RequestFrame Frame { get; } = frame;

    public bool IsRepeatable { get; } = isRepeatable;

    /// <summary>Its number in the present session; 0 if it was not sent in it.</summary>
    public long Tag { get; set; }

    /// <summary>True once it may have reached a server.</summary>
    public bool WasSent { get; set; }

    /// <summary>True if it waited over a time without connection.</summary>
    public bool WasInterrupted { get; set; }

    public Task<ServerAnswer> Answer => _answer.Task;

    /// <summary>What waits for the connection that it was sent on last; owned here.</summary>
    public Task Following { get; set; } = Task.CompletedTask;

    public void Settle(ServerAnswer answer) => _answer.TrySetResult(answer);

    public void Fail(Exception why) => _answer.TrySetException(why);
}
