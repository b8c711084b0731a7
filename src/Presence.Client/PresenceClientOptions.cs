using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Presence.Client.Connections;
using Presence.Client.Locating;

namespace Presence.Client;

/// <summary>
/// How a <see cref="PresenceClient"/> connects and behaves. What makes no sense is told as an
/// <see cref="ArgumentException"/> that names the option.
/// </summary>
public sealed class PresenceClientOptions
{
    /// <summary>The account, such as <c>alice@example.org</c>. Required.</summary>
    public string Account { get; set; } = "";

    /// <summary>Its password; the server is proven to know it without being shown it (SCRAM). Required.</summary>
    public string Password { get; set; } = "";

    /// <summary>
    /// Where to connect. Default null: the servers that the domain of the account publishes (SRV
    /// <c>_pips-client._tcp</c>). Else a URL: <c>pips://host:7750</c> (TLS), <c>wss://host/pip</c> (WebSocket),
    /// <c>https://host:7750</c> (gRPC); <c>pip://127.0.0.1:7749</c>, <c>ws://</c> and <c>http://127.0.0.1:8081</c> in clear
    /// text on loopback only. The certificate must always be that of
    /// the account's domain.
    /// </summary>
    public string? Server { get; set; }

    /// <summary>
    /// Name of this installation among those of the account, 1–64 letters, digits, <c>-</c>, <c>_</c>, <c>.</c>. Two that
    /// run at a time need two names. Default <c>dotnet-</c> and eight random characters.
    /// </summary>
    public string? Endpoint { get; set; }

    /// <summary>Status at the start, such as <c>online</c>, <c>away</c>; <c>offline</c> hides it. Default <c>online</c>.</summary>
    public string Status { get; set; } = "online";

    /// <summary>
    /// −128 to 127, default 0. A negative one gets no messages and does not count for the status: right for programs that
    /// only watch.
    /// </summary>
    public int Priority { get; set; }

    /// <summary>Ends another session that holds the endpoint's name; else that is <c>409 conflict</c>. Default false.</summary>
    public bool TakesOver { get; set; }

    /// <summary>For TCP, TLS and the greeting of one server. 1 second to 5 minutes, default 15 seconds.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How long a request waits for its answer, times without connection included. 1 second to 1 hour, default 30 seconds.
    /// </summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Ceiling of the random wait before the first attempt to connect again; it doubles with each failure. 10 milliseconds to
    /// 1 minute, default 500 milliseconds.
    /// </summary>
    public TimeSpan ReconnectMin { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Ceiling of all such waits. At least <see cref="ReconnectMin"/>, at most 1 hour, default 30 seconds.</summary>
    public TimeSpan ReconnectMax { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// For how long the server is asked to remember what is watched; refreshed at half of it. 2 minutes to 30 days, default
    /// 1 hour.
    /// </summary>
    public TimeSpan WatchLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Requests that may wait for an answer at a time; one more is refused. 1–65 536, default 1 024.</summary>
    public int MaxWaitingRequests { get; set; } = 1024;

    /// <summary>Certificates trusted besides the system's. Default none.</summary>
    public X509Certificate2Collection ExtraAuthorities { get; set; } = [];

    /// <summary>Finds the servers of a domain where <see cref="Server"/> is null. Default the DNS of the system.</summary>
    public IServerLocator? Locator { get; set; }

    /// <summary>Ways to connect by the scheme of <see cref="Server"/>; those of WebSocket and gRPC are there.</summary>
    public IDictionary<string, PipTransport> Transports { get; } = new Dictionary<string, PipTransport>(StringComparer.Ordinal)
    {
        ["ws"] = WebSocketTransport.Open,
        ["wss"] = WebSocketTransport.Open,
        ["http"] = GrpcTransport.Open,
        ["https"] = GrpcTransport.Open,
    };

    /// <summary>Default none. Passwords, keys and message bodies are never logged.</summary>
    public ILoggerFactory LoggerFactory { get; set; } = NullLoggerFactory.Instance;

    /// <summary>The clock for all waits. Default the system's.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>Sees every frame, for debugging: also those with secrets. Default none.</summary>
    public WireTrace? Trace { get; set; }
}
