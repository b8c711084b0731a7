using System.Net.Security;
using System.Net.WebSockets;

namespace Presence.Client.Connections;

/// <summary>PIP over a WebSocket, subprotocol <c>pip.1</c>: one frame a message (docs/protocol/transports.md).</summary>
public static class WebSocketTransport
{
    private const string Subprotocol = "pip.1";

    /// <summary>Connects to <see cref="PipConnectionOptions.Url"/>.</summary>
    /// <exception cref="PipConnectionException">It did not come to that.</exception>
    public static async Task<Stream> Open(PipConnectionOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        var url = options.Url ?? throw new ArgumentException("A WebSocket needs a URL.", nameof(options));
        var socket = new ClientWebSocket();
        try
        {
            socket.Options.AddSubProtocol(Subprotocol);
            using var handler = new SocketsHttpHandler();
            if (url.Scheme == "wss")
            {
                // ClientWebSocket names no protocol by ALPN, and a port that serves several needs that.
                handler.ConnectCallback = (_, stop) => Secured(options, stop);
                url = new UriBuilder(url) { Scheme = "ws", Port = options.Port }.Uri;
            }

            using var invoker = new HttpMessageInvoker(handler, disposeHandler: false);
            await socket.ConnectAsync(url, invoker, cancellation);
            if (socket.SubProtocol != Subprotocol)
                throw new PipConnectionException(0, "no-alpn", "The server speaks WebSocket but not pip.1.");

            return WebSocketStream.Create(socket, WebSocketMessageType.Binary, closeTimeout: TimeSpan.FromSeconds(2));
        }
        catch (WebSocketException exception)
        {
            socket.Dispose();
            if (exception.InnerException?.InnerException is PipConnectionException cause)
                throw cause;

            throw new PipConnectionException(0, "cannot-connect", $"Cannot connect to {url}: {exception.Message}", exception);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async ValueTask<Stream> Secured(PipConnectionOptions options, CancellationToken cancellation)
    {
        var opened = await PipSocket.OpenTls(options, SslApplicationProtocol.Http11, cancellation);
        options.Secured?.Invoke(opened.Tls!);
        return opened.Stream;
    }
}
