namespace Presence.Sessions;

/// <summary>How a gateway treats its sessions. Configuration section <c>Presence:Sessions</c>.</summary>
public sealed class SessionOptions
{
    public const string Section = "Presence:Sessions";

    /// <summary>Longest line in octets, terminator included: 256–65 536, default 4 096.</summary>
    public int MaxLine { get; init; } = 4096;

    /// <summary>Longest body in octets: 1 024–16 777 216, default 65 536.</summary>
    public int MaxBody { get; init; } = 65_536;

    /// <summary>Requests that may wait for an answer: 1–4 096, default 64. Beyond it the server stops reading.</summary>
    public int InFlight { get; init; } = 64;

    /// <summary>Events that may wait for an ACK: 1–65 536, default 256. Beyond it values are coalesced.</summary>
    public int Events { get; init; } = 256;

    /// <summary>Octets that may wait in one outbox: 16 KiB–256 MiB, default 1 MiB.</summary>
    public int MaxQueuedOctets { get; init; } = 1024 * 1024;

    /// <summary>Silence after which a side asks for life; at 1.5 times it the connection is closed. 5 s–1 h, default 120 s.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Time from connect to a successful AUTH: 1 s–10 min, default 20 s.</summary>
    public TimeSpan AuthTime { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Time to finish a frame once begun: 1 s–10 min, default 20 s. Beyond it the connection ends, unless the frame has come at
    /// <see cref="FrameRate"/> since it began.
    /// </summary>
    public TimeSpan FrameTime { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Octets a second at which a frame may take longer than <see cref="FrameTime"/>: 1–1 048 576, default 1 024.</summary>
    public int FrameRate { get; init; } = 1024;

    /// <summary>Time that one write may be stuck before the session is closed as a slow reader: 1 s–10 min, default 30 s.</summary>
    public TimeSpan WriteTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a session waits for a resume after its connection is lost: 0–1 h, default 300 s; 0 forbids resuming.</summary>
    public TimeSpan ResumeTime { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>Longest <c>grace=</c> before a lost connection shows as offline: 0–30 s, default 30 s; 0 forbids it.</summary>
    public TimeSpan MaxGrace { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Requests a second that a connection may send for long: 1–1 000 000, default 50. Beyond it 429.</summary>
    public int RequestsPerSecond { get; init; } = 50;

    /// <summary>Requests that may come at once after a pause: 1–1 000 000, default 200.</summary>
    public int RequestBurst { get; init; } = 200;

    /// <summary>
    /// First delay of a login after three failures of one account from one address block, doubled with each further failure up to 16
    /// times: 0–1 s, default 1 s; 0 for none.
    /// </summary>
    public TimeSpan AuthDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Failed attempts to authenticate before the connection is closed: 1–10, default 3.</summary>
    public int MaxAuthFailures { get; init; } = 3;

    /// <summary>
    /// Offers PLAIN without TLS on loopback connections, for trying out by hand. Default false: passwords then need TLS
    /// (426) and SCRAM is offered alone.
    /// </summary>
    public bool PlainOnLoopback { get; init; }

    /// <summary>
    /// Offers PLAIN over TLS. Default true. Nothing protects such a password from a server that only claims to be this one; where
    /// all clients know SCRAM it can be switched off.
    /// </summary>
    public bool PlainOverTls { get; init; } = true;

    /// <summary>
    /// Over TLS takes only logins that are bound to it: SCRAM-SHA-256-PLUS and EXTERNAL. Default false. Who sits between a client
    /// and this server can then not pass a login on.
    /// </summary>
    public bool BoundLoginsOnly { get; init; }

    /// <summary>
    /// Where clients go when this gateway stops: host and port of another gateway before the same silos, told as <c>alt=</c> of
    /// <c>421 going-down</c>. Default none.
    /// </summary>
    public string? Alternative { get; init; }

    /// <summary>
    /// Lets connections read, before they authenticate, what owners allow to <c>anon</c>. Default false: everything needs
    /// AUTH.
    /// </summary>
    public bool Anonymous { get; init; }
}
