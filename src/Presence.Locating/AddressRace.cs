using System.Net;
using System.Net.Sockets;

namespace Presence.Locating;

/// <summary>
/// Connects to the first of several addresses that answers: the next is tried when one has failed, or after 250 ms, so
/// that a family that is broken costs no more than that (RFC 8305).
/// </summary>
public sealed class AddressRace(TimeProvider time)
{
    /// <summary>Head start of an address before the next is tried: 250 ms.</summary>
    public static readonly TimeSpan HeadStart = TimeSpan.FromMilliseconds(250);

    /// <summary>Time for one address: 5 s.</summary>
    public static readonly TimeSpan Attempt = TimeSpan.FromSeconds(5);

    /// <summary>A connected socket, or why there is none.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<(Socket? Socket, string Why)> Connect(
        IReadOnlyList<IPAddress> addresses, int port, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(addresses);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = new List<Task<(Socket? Socket, string Why)>>();
        var why = "there is no address";
        try
        {
            for (var next = 0; next < addresses.Count || running.Count > 0;)
            {
                if (next < addresses.Count)
                    running.Add(Try(new IPEndPoint(addresses[next++], port), over.Token));
                if (await First(running, next < addresses.Count, cancellationToken) is not { } ended)
                    continue;
                running.Remove(ended);
                (var socket, why) = await ended;
                if (socket is not null)
                    return (socket, "");
            }

            cancellationToken.ThrowIfCancellationRequested();
            return (null, why);
        }
        finally
        {
            await over.CancelAsync();
            foreach (var loser in running)
                (await loser).Socket?.Dispose();
        }
    }

    /// <summary>The first that ends; null if it is time for the next one.</summary>
    private async Task<Task<(Socket? Socket, string Why)>?> First(
        List<Task<(Socket? Socket, string Why)>> running, bool hasNext, CancellationToken cancellationToken)
    {
        var any = Task.WhenAny(running);
        if (!hasNext)
            return await any;
        try
        {
            return await any.WaitAsync(HeadStart, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    private async Task<(Socket? Socket, string Why)> Try(IPEndPoint end, CancellationToken cancellationToken)
    {
        var socket = new Socket(end.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var late = new CancellationTokenSource(Attempt, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            await socket.ConnectAsync(end, both.Token);
            return (socket, "");
        }
        catch (Exception cause) when (cause is SocketException or OperationCanceledException)
        {
            socket.Dispose();
            return (null, $"{end}: {(cause is SocketException ? cause.Message : "no answer")}");
        }
    }
}
