using System.Security.Cryptography.X509Certificates;
using Presence.Model.Addresses;
using Presence.Protocol.Framing;

namespace Presence.Client.Connections;

/// <summary>Sees every frame as octets, in the order written or read. Calls come from two threads.</summary>
public delegate void WireTrace(WireDirection direction, ReadOnlyMemory<byte> octets);

public enum WireDirection
{
    Sent,
    Received,
}

/// <summary>
/// Opens a stream of PIP frames to a server by other means than TCP and TLS. Each write is one whole frame. Throws
/// <see cref="PipConnectionException"/> if it cannot.
/// </summary>
public delegate Task<Stream> PipTransport(PipConnectionOptions options, CancellationToken cancellation);

/// <summary>Where and how to connect (docs/protocol, sections 2.5 and 2.11).</summary>
public sealed record PipConnectionOptions
{
    /// <summary>Host name or IP address, without brackets.</summary>
    public required string Host { get; init; }

    /// <summary>1–65 535. A node listens on 7750 for TLS and on 7749 for clear text on loopback.</summary>
    public required int Port { get; init; }

    /// <summary>The domain of the account: HELLO, SNI and the certificate check use it, never the host.</summary>
    public required Domain Domain { get; init; }

    /// <summary>False means clear text, for loopback and tests only. There is no STARTTLS. Default true.</summary>
    public bool UseTls { get; init; } = true;

    /// <summary>Certificates trusted besides the system's; the name is checked all the same. Default none.</summary>
    public X509Certificate2Collection ExtraAuthorities { get; init; } = [];

    /// <summary>For TCP, TLS and the greeting together. Default 15 seconds.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a request waits for its final response. Default 30 seconds (section 2.6).</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Ceilings for what the server sends: they bound this client's memory and lie above any announced limit in use.
    /// Default 16 384 octets a line and 1 MiB a body.
    /// </summary>
    public FrameLimits ReceiveLimits { get; init; } = new(16384, 1 << 20);

    /// <summary>False leaves every acknowledgement to the caller. Default true (TOK-13).</summary>
    public bool AcknowledgeUnknownEvents { get; init; } = true;

    /// <summary>What a <see cref="Transport"/> that needs more than host and port connects to. Default null.</summary>
    public Uri? Url { get; init; }

    /// <summary>Null, the default, for TCP with or without TLS.</summary>
    public PipTransport? Transport { get; init; }

    /// <summary>Told by a <see cref="Transport"/> over TLS what that has proven.</summary>
    internal Action<TlsEnd>? Secured { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public WireTrace? Trace { get; init; }
}
