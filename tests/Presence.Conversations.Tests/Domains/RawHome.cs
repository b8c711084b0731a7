using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Presence.Conversations.Tests.Domains;

/// <summary>Where the DNS says that another domain is: the server there, as a test plays it.</summary>
internal sealed class RawHome : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();
    private Task _serving = Task.CompletedTask;

    public RawHome() => _listener.Start();

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Lines of the requests that have come to <see cref="Serve"/>.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>Waits for a connection and shows the certificate; the rest is the test's to say.</summary>
    public async Task<RawPeer> Accept(X509Certificate2 certificate, CancellationToken cancel)
    {
        var client = await _listener.AcceptTcpClientAsync(cancel);
        client.NoDelay = true;
        var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions
            {
                ServerCertificate = certificate,
                ApplicationProtocols = [new SslApplicationProtocol("pip/1")],
            },
            cancel);
        return new RawPeer(tls);
    }

    /// <summary>Serves one connection after the other: greets, and answers each request as told.</summary>
    public void Serve(X509Certificate2 certificate, Func<string[], string> reply) => _serving = ServeAll(certificate, reply);

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Stop();
        await _serving;
        _ending.Dispose();
    }

    private async Task ServeAll(X509Certificate2 certificate, Func<string[], string> reply)
    {
        while (!_ending.IsCancellationRequested)
        {
            try
            {
                await using var peer = await Accept(certificate, _ending.Token);
                await peer.Write("220 0 ready v=1.0 id=home");
                while ((await peer.Read()).Line is var line && line != "closed")
                {
                    Requests.Add(line);
                    await peer.Write(reply(line.Split(' ')));
                }
            }
            catch (Exception end) when (
                end is IOException or AuthenticationException or OperationCanceledException or SocketException)
            {
                // The other side has not liked the certificate, or the test is over.
            }
        }
    }
}
