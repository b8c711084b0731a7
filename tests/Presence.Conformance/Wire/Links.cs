using System.Net.Security;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using Presence.Conformance.Grpc;

namespace Presence.Conformance.Wire;

/// <summary>How the server is reached.</summary>
internal enum Carrier
{
    /// <summary>TCP in clear text.</summary>
    Clear,

    /// <summary>TLS from the first octet with ALPN pip/1.</summary>
    Tls,

    /// <summary>WebSocket with subprotocol pip.1.</summary>
    WebSocket,

    /// <summary>The Session stream of presence.v1, over HTTP/2.</summary>
    Grpc,
}

/// <summary>Where the server is and how far its certificate is trusted.</summary>
internal sealed record Target(Carrier Carrier, string Host, int Port, string Domain)
{
    /// <summary>Only for <see cref="Carrier.WebSocket"/>.</summary>
    public Uri? Url { get; init; }

    /// <summary>Over TLS; only for <see cref="Carrier.Grpc"/>, where both are usual.</summary>
    public bool IsSecure { get; init; }

    /// <summary>Takes any certificate.</summary>
    public bool Insecure { get; init; }

    /// <summary>Trusted instead of the machine's roots.</summary>
    public X509Certificate2Collection? Roots { get; init; }

    /// <summary>An object behind a passphrase, and that.</summary>
    public (string Place, string Phrase)? Protected { get; init; }

    /// <summary>A bearer token whose time is over.</summary>
    public string? ExpiredToken { get; init; }

    /// <summary>How long an answer may take.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);

    public async Task<Stream> Open(CancellationToken cancel)
    {
        if (Carrier == Carrier.WebSocket)
            return new WebSocketOctets(await OpenWebSocket(null, cancel));
        if (Carrier == Carrier.Grpc)
            return await OpenGrpc(cancel);
        var tcp = await OpenTcp(cancel);
        return Carrier == Carrier.Clear ? tcp : await Secure(tcp, Domain, [new SslApplicationProtocol("pip/1")], cancel);
    }

    /// <summary>TLS is made here, so that certificates are looked at in one way; HTTP takes it as it is.</summary>
    private Task<GrpcOctets> OpenGrpc(CancellationToken cancel)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, stop) => IsSecure
                ? await Secure(await OpenTcp(stop), Domain, [SslApplicationProtocol.Http2], stop)
                : await OpenTcp(stop),
        };
        return GrpcOctets.Open(new UriBuilder(IsSecure ? "https" : "http", Host, Port).Uri, handler, cancel);
    }

    public async Task<NetworkStream> OpenTcp(CancellationToken cancel)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(Host, Port, cancel);
        return new NetworkStream(socket, ownsSocket: true);
    }

    public async Task<SslStream> Secure(
        Stream stream, string name, List<SslApplicationProtocol> protocols, CancellationToken cancel)
    {
        var tls = new SslStream(stream);
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = name,
                ApplicationProtocols = protocols.Count == 0 ? null : protocols,
                RemoteCertificateValidationCallback = Insecure ? Anyone : null,
                CertificateChainPolicy = Roots is null ? null : TrustOnly(Roots),
            },
            cancel);
        return tls;
    }

    /// <param name="origin">Value of the Origin field; null for none.</param>
    public async Task<ClientWebSocket> OpenWebSocket(string? origin, CancellationToken cancel)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("pip.1");
        if (origin is not null)
            socket.Options.SetRequestHeader("Origin", origin);
        // ALPN tells a port shared with PIP that this is HTTP. The handler would offer nothing, so TLS is made here.
        using var handler = new SocketsHttpHandler();
        if (Url!.Scheme == "wss")
        {
            handler.ConnectCallback = async (_, stop) =>
                await Secure(await OpenTcp(stop), Url.Host, [SslApplicationProtocol.Http11], stop);
        }

        using var http = new HttpMessageInvoker(handler);
        await socket.ConnectAsync(Url, http, cancel);
        return socket;
    }

    private bool Anyone(object sender, X509Certificate? leaf, X509Chain? chain, SslPolicyErrors errors) => Insecure;

    private static X509ChainPolicy TrustOnly(X509Certificate2Collection roots)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.AddRange(roots);
        return policy;
    }
}
