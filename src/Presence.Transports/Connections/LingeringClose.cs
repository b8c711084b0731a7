using Microsoft.AspNetCore.Connections;

namespace Presence.Transports.Connections;

/// <summary>
/// The outermost middleware of a listener: when the session has said its last word, the other side has 5 s to take it.
/// Without it a client that has stopped reading would hold its connection, and a shutdown, for ever.
/// </summary>
internal sealed class LingeringClose(ConnectionDelegate next, TimeProvider time)
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    public async Task OnConnection(ConnectionContext connection)
    {
        await next(connection);

        // Listened to only now: a connection that is idle holds nothing for its end.
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var signal = connection.ConnectionClosed.Register(closed.SetResult);
        // The transport sends what is queued, then closes the socket.
        await connection.Transport.Output.CompleteAsync();
        try
        {
            await closed.Task.WaitAsync(Limit, time);
        }
        catch (TimeoutException)
        {
            connection.Abort(new ConnectionAbortedException("the last octets were not taken"));
        }
    }
}
