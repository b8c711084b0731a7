using System.Globalization;
using Presence.Model.Accounts;
using Presence.Sessions.Administration;
using SessionOptions = Presence.Sessions.SessionOptions;

namespace Presence.Gateway.Options;

/// <summary>Every key below <c>Presence:</c>. What is not in here is taken for a typing error.</summary>
internal static class OptionCatalogue
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TenMinutes = TimeSpan.FromMinutes(10);

    public static readonly OptionRule Secret = new(
        "64 hexadecimal digits",
        value => value.Length == 64 && value.All(char.IsAsciiHexDigit) ? null : "64 hexadecimal digits are needed");

    public static readonly IReadOnlyList<OptionKey> Keys =
    [
        SecurityProfiles.Option,
        .. NodeKeys(new NodeOptions()),
        .. ListenerKeys(new ListenerOptions()),
        .. SessionKeys(new SessionOptions()),
        .. GrainOptionKeys.All,
        .. AccessOptionKeys.All,
        .. TransportOptionKeys.All,
        .. TokenOptionKeys.All,
        .. FederationOptionKeys.All,
        .. LinkOptionKeys.All,
        .. GroupOptionKeys.All,
        .. CertificateKeys(),
        .. ClientCertificateOptionKeys.All,
        .. AccountKeys(new AccountOptions()),
        .. ClusterOptionKeys.All,
        .. TelemetryOptionKeys.All,
    ];

    public static readonly OptionSet Set = new(Keys);

    public static OptionKey? Find(string key) => Set.Find(key);

    private static OptionKey[] NodeKeys(NodeOptions node) =>
    [
        new("Presence:Domains:#", NodeOptions.DefaultDomain, OptionRules.HostedDomain, "Domains hosted here."),
        new("Presence:Data", node.Data, OptionRules.Path, "Folder of all that is kept; made if missing."),
    ];

    private static OptionKey[] ListenerKeys(ListenerOptions listeners) =>
    [
        new(ListenerKeyNames.Pip, listeners.Pip, OptionRules.LoopbackEndPoint, "PIP in clear text. 0: a free port."),
        new(ListenerKeyNames.PipStartTls, "false", OptionRules.Flag, "Offers STARTTLS on the clear-text port."),
        new(ListenerKeyNames.Pips, listeners.Pips, OptionRules.AnyEndPoint, "PIP with TLS from the first octet."),
        new(ListenerKeyNames.PipsHttp, "true", OptionRules.Flag, "Serves HTTP on the TLS port too, by ALPN."),
        new(ListenerKeyNames.Udp, listeners.Udp, OptionRules.AnyEndPoint, "Sealed datagrams over UDP."),
        new(ListenerKeyNames.Http, listeners.Http, OptionRules.AnyEndPoint,
            "WebSocket, health, and local administration."),
        new(ListenerKeyNames.Console, "true", OptionRules.Flag, "Serves the pages /console/ and /admin over HTTP."),
        new(ListenerKeyNames.Grpc, listeners.Grpc, OptionRules.AnyEndPoint,
            "gRPC: clear text on loopback, else TLS."),
        new(ListenerKeyNames.Peers, listeners.Peers, OptionRules.AnyEndPoint,
            "Servers of other domains, TLS; 7751 is the usual port."),
    ];

    private static OptionKey[] SessionKeys(SessionOptions sessions) =>
    [
        Whole(nameof(sessions.MaxLine), sessions.MaxLine, 256, 65_536, "Longest line, octets with its end."),
        Whole(nameof(sessions.MaxBody), sessions.MaxBody, 1024, 16_777_216, "Longest body, octets."),
        Whole(nameof(sessions.InFlight), sessions.InFlight, 1, 4096, "Requests that may wait for an answer."),
        Whole(nameof(sessions.Events), sessions.Events, 1, 65_536, "Events that may wait for an ACK."),
        Whole(nameof(sessions.MaxQueuedOctets), sessions.MaxQueuedOctets, 16 * 1024, 256 * 1024 * 1024,
            "Octets that may wait in one outbox."),
        Time(nameof(sessions.Idle), sessions.Idle, 5 * Second, TimeSpan.FromHours(1),
            "Silence before a sign of life is asked for."),
        Time(nameof(sessions.AuthTime), sessions.AuthTime, Second, TenMinutes, "From connect to authenticated."),
        Time(nameof(sessions.FrameTime), sessions.FrameTime, Second, TenMinutes, "A frame, first to last octet."),
        Whole(nameof(sessions.FrameRate), sessions.FrameRate, 1, 1_048_576,
            "Octets a second at which a frame may take longer."),
        Time(nameof(sessions.WriteTime), sessions.WriteTime, Second, TenMinutes, "Longest time a write may be stuck."),
        Time(nameof(sessions.ResumeTime), sessions.ResumeTime, TimeSpan.Zero, TimeSpan.FromHours(1),
            "How long a lost session may be resumed. 0: never."),
        Time(nameof(sessions.MaxGrace), sessions.MaxGrace, TimeSpan.Zero, 30 * Second,
            "Longest grace before a lost connection shows. 0: none."),
        Whole(nameof(sessions.RequestsPerSecond), sessions.RequestsPerSecond, 1, 1_000_000,
            "Requests a second of one connection."),
        Whole(nameof(sessions.RequestBurst), sessions.RequestBurst, 1, 1_000_000, "Requests at once after a pause."),
        Time(nameof(sessions.AuthDelay), sessions.AuthDelay, TimeSpan.Zero, Second,
            "First delay of logins after repeated failures. 0: none."),
        Whole(nameof(sessions.MaxAuthFailures), sessions.MaxAuthFailures, 1, 10, "Failed AUTH before the end."),
        new($"{SessionOptions.Section}:{nameof(sessions.PlainOnLoopback)}", "false", OptionRules.Flag,
            "Offers PLAIN without TLS on loopback connections."),
        new($"{SessionOptions.Section}:{nameof(sessions.PlainOverTls)}", "true", OptionRules.Flag,
            "Offers PLAIN over TLS."),
        new($"{SessionOptions.Section}:{nameof(sessions.BoundLoginsOnly)}", "false", OptionRules.Flag,
            "Over TLS takes only logins that are bound to it, SCRAM-SHA-256-PLUS and EXTERNAL."),
        new($"{SessionOptions.Section}:{nameof(sessions.Anonymous)}", "false", OptionRules.Flag,
            "Lets those who have not authenticated read what owners allow to anon."),
        new($"{SessionOptions.Section}:{nameof(sessions.Alternative)}", "", OptionRules.HostAndPort,
            "Another gateway of the same silos, where clients go when this one stops."),
    ];

    private static OptionKey[] CertificateKeys() =>
    [
        new($"{CertificateOptions.Section}:Path", "", OptionRules.Path,
            "PKCS #12 or PEM file. None: a development certificate is made in the data folder."),
        new($"{CertificateOptions.Section}:Folder", "", OptionRules.Path,
            "Folder with <domain>.pem and <domain>.key; Path then serves the domains that have none there."),
        new($"{CertificateOptions.Section}:Key", "", OptionRules.Path, "PEM file of the private key, if apart."),
        new($"{CertificateOptions.Section}:Password", "", OptionRules.Text, "Of the file or key.", IsSecret: true),
    ];

    private static OptionKey[] AccountKeys(AccountOptions accounts) =>
    [
        new($"{AccountOptions.Section}:Iterations", Plain(accounts.Iterations),
            OptionRules.Whole(ScramVerifier.MinIterations, ScramVerifier.MaxIterations),
            "PBKDF2 iterations of new passwords."),
        new($"{AccountOptions.Section}:UnknownSalt", "", Secret,
            "Makes unknown accounts look like wrong passwords; the same on all gateways.", IsSecret: true),
    ];

    private static OptionKey Whole(string name, int standard, int least, int most, string meaning) =>
        new($"{SessionOptions.Section}:{name}", Plain(standard), OptionRules.Whole(least, most), meaning);

    private static OptionKey Time(string name, TimeSpan standard, TimeSpan least, TimeSpan most, string meaning) =>
        new($"{SessionOptions.Section}:{name}", standard.ToString("c"), OptionRules.Duration(least, most), meaning);

    private static string Plain(int number) => number.ToString(CultureInfo.InvariantCulture);
}
