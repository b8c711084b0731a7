using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Presence.Process.Tests.Node;

/// <summary>A client that types frames over TLS, with or without a certificate of its own. It trusts every server.</summary>
internal sealed class TlsLine : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SslStream _tls;
    private readonly StreamReader _reader;
    private int _tag;

    private TlsLine(SslStream tls) => (_tls, _reader) = (tls, new StreamReader(tls, Encoding.UTF8));

    /// <summary>The answer to HELLO.</summary>
    public string Hello { get; private set; } = "";

    [System.Diagnostics.CodeAnalysis.SuppressMessage(
        "Security", "CA5359", Justification = "The server's certificate is not the subject.")]
    public static async Task<TlsLine> Connect(IPEndPoint end, X509Certificate2? certificate = null)
    {
        using var limit = new CancellationTokenSource(Patience);
        var socket = new Socket(end.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(end, limit.Token);
        var tls = new SslStream(new NetworkStream(socket, ownsSocket: true));
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                ApplicationProtocols = [new SslApplicationProtocol("pip/1")],
                RemoteCertificateValidationCallback = (_, _, _, _) => true,
                ClientCertificateContext = certificate is null
                    ? null
                    : SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true),
            }, limit.Token);
        var line = new TlsLine(tls);
        await line.Read(limit.Token);
        line.Hello = await line.Ask("HELLO # localhost v=1.0");
        return line;
    }

    /// <summary>Sends a request, with <c>#</c> standing for a fresh tag, and gives its response.</summary>
    public async Task<string> Ask(string request)
    {
        using var limit = new CancellationTokenSource(Patience);
        await _tls.WriteAsync(Encoding.UTF8.GetBytes(request.Replace(" # ", $" {++_tag} ") + "\r\n"), limit.Token);
        return await Read(limit.Token);
    }

    public async ValueTask DisposeAsync()
    {
        _reader.Dispose();
        await _tls.DisposeAsync();
    }

    private async Task<string> Read(CancellationToken cancellation) =>
        await _reader.ReadLineAsync(cancellation) ?? throw new IOException("The node closed the connection.");
}
