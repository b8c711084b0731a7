using System.IO.Pipelines;
using Presence.Model.Addresses;

namespace Presence.Sessions.Transport;

/// <summary>
/// One open byte stream as a transport hands it to the sessions: octets both ways, and what the transport knows of the
/// other side. Everything above it is blind to the kind of transport.
/// </summary>
/// <param name="Id">Name of the connection in the log.</param>
/// <param name="Pipe">The octets. The session is the only reader and the only writer; the transport owns and closes it.</param>
/// <param name="Remote">Address of the other side, for the log and for limits per address.</param>
/// <param name="IsLoopback">True if the other side is on this machine.</param>
/// <param name="Tls">What TLS has proven, or null on a clear-text connection.</param>
/// <param name="Abort">Cuts the connection at once, without flushing.</param>
public sealed record SessionTransport(
    string Id, IDuplexPipe Pipe, string Remote, bool IsLoopback, TlsFacts? Tls, Action<string> Abort)
{
    /// <summary>One word for administrators: <c>tcp</c>, <c>tls</c>, <c>websocket</c>, <c>udp</c> or <c>grpc</c>.</summary>
    public string Kind { get; init; } = Tls is null ? "tcp" : "tls";

    /// <summary>What was settled beforehand; null where the client has to introduce itself, as on every stream.</summary>
    public Admission? Admission { get; init; }

    /// <summary>Set where the client may ask for TLS by STARTTLS.</summary>
    public StartTlsSwitch? StartTls { get; init; }

    /// <summary>Who is calling, if the transport knows; null where AUTH is to find out.</summary>
    public KnownCaller? Caller { get; init; }
}

/// <summary>What a session needs to know of the TLS connection under it.</summary>
/// <param name="ServerName">The name that the client asked for (SNI), or null.</param>
/// <param name="Version">TLS version as SCRAM's <c>t</c> attribute tells it: <c>0303</c> or <c>0304</c>.</param>
/// <param name="EndPointBinding">
/// <c>tls-server-end-point</c> data of the certificate presented (RFC 5929), or null if it has none.
/// </param>
public sealed record TlsFacts(string? ServerName, string Version, ReadOnlyMemory<byte>? EndPointBinding)
{
    /// <summary>Whom the client's certificate stands for; empty without one that is accepted.</summary>
    public IReadOnlyList<Address> ClientNames { get; init; } = [];
}
