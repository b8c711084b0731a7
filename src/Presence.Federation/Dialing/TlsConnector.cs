using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Presence.Federation.Trust;
using Presence.Locating;
using Presence.Model.Addresses;
using Presence.Protocol.Sasl;
using Presence.Sessions.Transport;

namespace Presence.Federation.Dialing;

/// <summary>Opens a TLS connection to one server and lets it prove for whom it speaks.</summary>
internal sealed class TlsConnector(
    IOwnCertificates own, IPeerIdentity identity, AddressBook addresses, AddressRace race, TimeProvider time)
{
    /// <summary>Time for a handshake: 5 s.</summary>
    public static readonly TimeSpan HandshakeTime = TimeSpan.FromSeconds(5);

    private static readonly SslApplicationProtocol Pip1 = new("pip/1");

    private long _count;

    /// <summary>Connects; a failure of this server is a value.</summary>
    /// <exception cref="OperationCanceledException">The time is over.</exception>
    public async Task<DialOutcome> Connect(
        Domain from, Domain to, HostAndPort server, CancellationToken cancellationToken)
    {
        var (found, why) = await addresses.Find(server.Host, cancellationToken);
        if (found.Count == 0)
            return DialOutcome.Of(DialFailure.Timeout($"{server}: {why}"));
        (var socket, why) = await race.Connect(found, server.Port, cancellationToken);
        if (socket is null)
            return DialOutcome.Of(DialFailure.Timeout($"{server}: {why}"));
        using var late = new CancellationTokenSource(HandshakeTime, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            return await Prove(socket, from, to, server, both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return DialOutcome.Of(DialFailure.Timeout($"{server}: no TLS within {HandshakeTime.TotalSeconds} s"));
        }
    }

    private async Task<DialOutcome> Prove(
        Socket socket, Domain from, Domain to, HostAndPort server, CancellationToken cancellationToken)
    {
        var remote = (IPEndPoint)socket.RemoteEndPoint!;
        var tls = new SslStream(new NetworkStream(socket, ownsSocket: true));
        var proof = new ServerProof(identity, to);
        DialFailure? failure = null;
        try
        {
            await tls.AuthenticateAsClientAsync(Options(from, to, proof), cancellationToken);
            if (tls.NegotiatedApplicationProtocol == Pip1)
                return DialOutcome.Of(Opened(tls, remote, from, server, proof));
            failure = DialFailure.Unverified($"{server} does not speak pip/1");
        }
        catch (AuthenticationException cause)
        {
            failure = DialFailure.Unverified($"{server}: {proof.WhyNot ?? cause.Message}");
        }
        catch (IOException cause)
        {
            failure = DialFailure.Timeout($"{server}: {cause.Message}");
        }
        catch
        {
            await tls.DisposeAsync();
            throw;
        }

        await tls.DisposeAsync();
        return DialOutcome.Of(failure);
    }

    private SslClientAuthenticationOptions Options(Domain from, Domain to, ServerProof proof) => new()
    {
        // The name asked for is the domain's own, whichever host was found: the certificate must be for it.
        TargetHost = to.IsIpLiteral ? to.Value.Trim('[', ']') : to.Value,
        ApplicationProtocols = [Pip1],
        ClientCertificateContext = own.Find(from),
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        // The other side would choose where this node connects to, and would let it wait there.
        CertificateChainPolicy = new X509ChainPolicy
        {
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        },
        RemoteCertificateValidationCallback = proof.Check,
        AllowTlsResume = false,
    };

    private PeerConnection Opened(
        SslStream tls, IPEndPoint remote, Domain from, HostAndPort server, ServerProof proof)
    {
        var id = $"out-{Interlocked.Increment(ref _count):x}";
        var facts = new TlsFacts(tls.TargetHostName, tls.SslProtocol == SslProtocols.Tls13 ? "0304" : "0303",
            Binding(tls.RemoteCertificate as X509Certificate2));
        var pipe = new StreamDuplexPipe(tls);
        var transport = new SessionTransport(
            id, pipe, remote.ToString(), IPAddress.IsLoopback(remote.Address), facts, _ => tls.Dispose());
        return new PeerConnection(transport, from, proof.Domains, server) { Close = () => pipe.Close(tls) };
    }

    private static ReadOnlyMemory<byte>? Binding(X509Certificate2? certificate)
    {
        if (certificate is not null && ServerEndPointBinding.Compute(certificate) is { } octets)
            return octets;
        return null;
    }
}
