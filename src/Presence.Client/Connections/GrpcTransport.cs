using System.Security.Authentication;
using Grpc.Core;
using Grpc.Net.Client;

namespace Presence.Client.Connections;

/// <summary>PIP over the Session stream of gRPC (docs/grpc.md): for networks where only HTTP/2 gets through.</summary>
public static class GrpcTransport
{
    // What a message costs beside line and body.
    private const int Envelope = 4 * 1024;

    /// <summary>Connects to <see cref="PipConnectionOptions.Url"/>, over TLS or, by <c>http</c>, in clear text.</summary>
    /// <exception cref="PipConnectionException">It did not come to that.</exception>
    public static async Task<Stream> Open(PipConnectionOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        var url = options.Url ?? throw new ArgumentException("gRPC needs a URL.", nameof(options));
        var stream = new GrpcFrameStream(GrpcChannel.ForAddress(url, new GrpcChannelOptions
        {
            HttpHandler = HttpConnection.Of(options),
            DisposeHttpClient = true,
            MaxReceiveMessageSize = options.ReceiveLimits.MaxLine + options.ReceiveLimits.MaxBody + Envelope,
        }));
        try
        {
            await stream.Begin(cancellation);
            return stream;
        }
        catch (RpcException exception)
        {
            await stream.DisposeAsync();
            throw new PipConnectionException(0, IsAboutTls(exception) ? "tls-failed" : "cannot-connect",
                $"Cannot connect to {url}: {exception.Status.Detail}", exception);
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    private static bool IsAboutTls(RpcException exception)
    {
        for (var cause = exception.Status.DebugException; cause is not null; cause = cause.InnerException)
        {
            if (cause is AuthenticationException)
                return true;
        }

        return false;
    }
}
