using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Presence.Cli.Tests.Checking;

/// <summary>A server that greets over TLS and answers one HELLO.</summary>
internal sealed class TlsGreeter : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _serving;

    public TlsGreeter(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        Certificate = request.CreateSelfSigned(now.AddHours(-1), now.AddDays(100));
        _listener.Start();
        _serving = Serve();
    }

    public X509Certificate2 Certificate { get; }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _serving;
        Certificate.Dispose();
    }

    private async Task Serve()
    {
        try
        {
            using var client = await _listener.AcceptTcpClientAsync();
            await using var tls = new SslStream(client.GetStream());
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
            {
                ServerCertificate = Certificate,
                ApplicationProtocols = [new SslApplicationProtocol("pip/1")],
            });
            await tls.WriteAsync("220 0 ready v=1.0 id=x\r\n"u8.ToArray());
            var hello = new byte[128];
            var count = await tls.ReadAsync(hello);
            if (Encoding.ASCII.GetString(hello, 0, count) == "HELLO 1 b.example v=1.0 role=server\r\n")
                await tls.WriteAsync("200 1 ok v=1.0 domain=b.example auth=EXTERNAL\r\n"u8.ToArray());
        }
        catch (Exception end) when (end is IOException or SocketException or ObjectDisposedException)
        {
            // The command has seen enough, or the test is over.
        }
    }
}
