using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Presence.Locating;
using Presence.Model.Addresses;

namespace Presence.Cli.Checking;

/// <summary>A connection that takes every certificate, to look at it. Nothing secret is ever sent on it.</summary>
internal sealed class ServerProbe : IAsyncDisposable
{
    private const int MaxLine = 16_384;

    private static readonly SslApplicationProtocol Pip1 = new("pip/1");

    private SslStream? _tls;
    private string _why = "";
    private bool _isConnected;

    /// <summary>What the server showed; null if it came to no TLS.</summary>
    public X509Certificate2? Certificate { get; private set; }

    /// <summary>What it sent along.</summary>
    public X509Certificate2Collection Sent { get; } = [];

    public bool IsPip => _tls?.NegotiatedApplicationProtocol == Pip1;

    public static async Task<ServerProbe> Open(
        AddressRace race, IReadOnlyList<IPAddress> addresses, int port, Domain domain, CancellationToken cancellation)
    {
        var probe = new ServerProbe();
        try
        {
            (var socket, probe._why) = await race.Connect(addresses, port, cancellation);
            if (socket is not null)
                await probe.Shake(socket, domain, cancellation);
        }
        catch (OperationCanceledException)
        {
            probe._why = "no answer in time";
        }

        return probe;
    }

    public Finding Failure(HostAndPort server) => _isConnected
        ? Finding.Bad("TLS", $"{server}: {_why}",
            "The server must serve the domain, with a certificate for it, and speak TLS 1.2 or 1.3. Or the record names another.")
        : Finding.Bad("connect", $"{server}: {_why}", "Is a node listening there? Does the firewall let the port through?");

    public Finding Protocol(HostAndPort server)
    {
        var text = $"{server}: {_tls!.SslProtocol}, ALPN {(IsPip ? "pip/1" : "none")}";
        return IsPip
            ? Finding.Good("TLS", text)
            : Finding.Bad("TLS", text, "What answers there does not speak PIP. Correct the port of the record.");
    }

    /// <summary>Reads the greeting, says HELLO and reads the answer.</summary>
    /// <param name="domain">The domain wanted.</param>
    /// <param name="isFederation">True if servers are wanted, who log in by certificate.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<Finding> Hello(Domain domain, bool isFederation, CancellationToken cancellation)
    {
        try
        {
            var greeting = await ReadLine(cancellation);
            if (!greeting.StartsWith("220 ", StringComparison.Ordinal))
                return Finding.Bad("HELLO", greeting, "The server does not take connections now.");
            var role = isFederation ? "server" : "client";
            await _tls!.WriteAsync(Encoding.ASCII.GetBytes($"HELLO 1 {domain} v=1.0 role={role}\r\n"), cancellation);
            var answer = await ReadLine(cancellation);
            if (!answer.StartsWith("200 1 ", StringComparison.Ordinal))
                return Finding.Bad("HELLO", answer, $"The server does not serve {domain}. Add it to its domains.");
            return isFederation && !answer.Contains("EXTERNAL", StringComparison.Ordinal)
                ? Finding.Warn("HELLO", answer, "Servers log in by certificate (EXTERNAL), which is not offered here.")
                : Finding.Good("HELLO", answer);
        }
        catch (Exception cause) when (cause is IOException or OperationCanceledException)
        {
            return Finding.Bad("HELLO", cause.Message, "The server closes the connection, or says nothing.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_tls is not null)
            await _tls.DisposeAsync();
    }

    [SuppressMessage("Security", "CA5359", Justification = "Whether it is trusted is the next thing looked at.")]
    private async Task Shake(Socket socket, Domain domain, CancellationToken cancellation)
    {
        _isConnected = true;
        _tls = new SslStream(new NetworkStream(socket, ownsSocket: true));
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = domain.IsIpLiteral ? domain.Value.Trim('[', ']') : domain.Value,
            ApplicationProtocols = [Pip1],
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            RemoteCertificateValidationCallback = (_, shown, chain, _) => Take(shown, chain),
        };
        try
        {
            await _tls.AuthenticateAsClientAsync(options, cancellation);
            // A server that offers none and one that speaks something else cannot be told apart here.
            Certificate = _tls.RemoteCertificate as X509Certificate2;
        }
        catch (Exception cause) when (cause is AuthenticationException or IOException)
        {
            // The innermost one tells what the server had to say, such as "unrecognized name".
            _why = cause.GetBaseException().Message;
        }
    }

    private bool Take(X509Certificate? shown, X509Chain? chain)
    {
        if (chain is not null)
            Sent.AddRange(chain.ChainPolicy.ExtraStore);
        return shown is not null;
    }

    private async Task<string> ReadLine(CancellationToken cancellation)
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (line.Count < MaxLine)
        {
            await _tls!.ReadExactlyAsync(one, cancellation);
            if (one[0] == '\n')
                return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
            line.Add(one[0]);
        }

        throw new IOException("A line of the server does not end.");
    }
}
