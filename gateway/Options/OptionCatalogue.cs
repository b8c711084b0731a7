using System.Globalization;
using Presence.Grains;
using Presence.Grains.Groups;
using Presence.Model.Access;
using Presence.Model.Accounts;
using Presence.Sessions.Administration;
using SessionOptions = Presence.Sessions.SessionOptions;

namespace Presence.Gateway.Options;

/// <summary>Every key below <c>Presence:</c>. What is not in here is taken for a typing error.</summary>
internal static class OptionCatalogue
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TenMinutes = TimeSpan.FromMinutes(10);

    public static readonly IReadOnlyList<OptionKey> Keys =
    [
        .. NodeKeys(new NodeOptions()),
        .. ListenerKeys(new ListenerOptions()),
        .. SessionKeys(new SessionOptions()),
        .. GrainOptionKeys.All,
        .. AccessKeys(new AccessOptions()),
        .. TransportOptionKeys.All,
        .. TokenOptionKeys.All,
        .. GroupKeys(new GroupOptions()),
        .. CertificateKeys(),
        .. AccountKeys(new AccountOptions()),
        .. SiloKeys(new EmbeddedSiloOptions()),
    ];

    private static readonly Dictionary<string, OptionKey> ByKey =
        Keys.ToDictionary(option => option.Key, StringComparer.OrdinalIgnoreCase);

    /// <summary>Null if there is no such key. An index in it counts as <c>#</c>.</summary>
    public static OptionKey? Find(string key)
    {
        var colon = key.LastIndexOf(':');
        var isIndexed = int.TryParse(key.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _);
        return ByKey.GetValueOrDefault(isIndexed ? $"{key[..colon]}:#" : key);
    }

    private static OptionKey[] NodeKeys(NodeOptions node) =>
    [
        new("Presence:Domains:#", NodeOptions.DefaultDomain, OptionRules.HostedDomain, "Domains hosted here."),
        new("Presence:Data", node.Data, OptionRules.Path, "Folder of all that is kept; made if missing."),
    ];

    private static OptionKey[] ListenerKeys(ListenerOptions listeners) =>
    [
        new(ListenerKeyNames.Pip, listeners.Pip, OptionRules.LoopbackEndPoint, "PIP in clear text. 0: a free port."),
        new(ListenerKeyNames.Pips, listeners.Pips, OptionRules.AnyEndPoint, "PIP with TLS from the first octet."),
        new(ListenerKeyNames.PipsHttp, "true", OptionRules.Flag, "Serves HTTP on the TLS port too, by ALPN."),
        new(ListenerKeyNames.Udp, listeners.Udp, OptionRules.AnyEndPoint, "Sealed datagrams over UDP."),
        new(ListenerKeyNames.Http, listeners.Http, OptionRules.AnyEndPoint,
            "WebSocket, health, and local administration."),
        new(ListenerKeyNames.Console, "true", OptionRules.Flag, "Serves the web console at /console/ over HTTP."),
        new(ListenerKeyNames.Grpc, listeners.Grpc, OptionRules.AnyEndPoint,
            "gRPC: clear text on loopback, else TLS."),
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
        new($"{SessionOptions.Section}:{nameof(sessions.Anonymous)}", "false", OptionRules.Flag,
            "Lets those who have not authenticated read what owners allow to anon."),
    ];

    private static OptionKey[] AccessKeys(AccessOptions access) =>
    [
        new($"{AccessOptions.Section}:{nameof(access.Profile)}", "Standard", OptionRules.Word<AccessProfile>(),
            "Access lists of owners who have said nothing."),
        new($"{AccessOptions.Section}:{nameof(access.OpenToEnumeration)}", "false", OptionRules.Flag,
            "Tells strangers that an address does not exist."),
        new($"{AccessOptions.Section}:{nameof(access.Ceiling)}:#", "", OptionRules.AccessLine,
            "Line of an access list that owners cannot exceed."),
        new($"{AccessOptions.Section}:{nameof(access.Floor)}:#", "", OptionRules.AccessLine,
            "Line of an access list that owners cannot take away."),
        new($"{AccessOptions.Section}:{nameof(access.MaxEntries)}", Plain(access.MaxEntries),
            OptionRules.Whole(1, 10_000), "Lines of one list."),
        new($"{AccessOptions.Section}:{nameof(access.MaxLists)}", Plain(access.MaxLists), OptionRules.Whole(1, 256),
            "Access lists of one node."),
        new($"{AccessOptions.Section}:{nameof(access.MaxQueries)}", Plain(access.MaxQueries),
            OptionRules.Whole(0, 100_000), "Askers that a user can look back on. 0: none."),
        new($"{AccessOptions.Section}:{nameof(access.QueryRetention)}", access.QueryRetention.ToString("c"),
            OptionRules.Duration(TimeSpan.FromMinutes(1), TimeSpan.FromDays(3650)), "For how long."),
        new($"{AccessOptions.Section}:{nameof(access.QueryCountsOnly)}", "false", OptionRules.Flag,
            "Counts queries and keeps no names."),
    ];

    private static OptionKey[] GroupKeys(GroupOptions groups)
    {
        OptionKey Limit(string name, int standard, int most, string meaning) => new(
            $"{GroupOptions.Section}:{name}", Plain(standard), OptionRules.Whole(1, most), meaning);
        return
        [
            new($"{GroupOptions.Section}:{nameof(groups.Create)}", groups.Create.ToString(),
                OptionRules.OneOf(Enum.GetNames<CreationPolicy>()), "Who may create groups, services and devices."),
            Limit(nameof(groups.MaxOwned), groups.MaxOwned, 10_000, "Nodes that one user may have created."),
            Limit(nameof(groups.MaxJoined), groups.MaxJoined, 10_000, "Groups that one user may belong to."),
            Limit(nameof(groups.MaxMembers), groups.MaxMembers, 10_000, "Members of one group."),
            Limit(nameof(groups.MaxInterests), groups.MaxInterests, 1_000, "Interests of one user."),
            Limit(nameof(groups.MaxListeners), groups.MaxListeners, 100_000, "Interests under one first token."),
            Limit(nameof(groups.MaxUnderWay), groups.MaxUnderWay, 4_096, "Messages of a group on their way."),
        ];
    }

    private static OptionKey[] CertificateKeys() =>
    [
        new($"{CertificateOptions.Section}:Path", "", OptionRules.Path,
            "PKCS #12 or PEM file. None: a development certificate is made in the data folder."),
        new($"{CertificateOptions.Section}:Key", "", OptionRules.Path, "PEM file of the private key, if apart."),
        new($"{CertificateOptions.Section}:Password", "", OptionRules.Text, "Of the file or key.", IsSecret: true),
    ];

    private static OptionKey[] AccountKeys(AccountOptions accounts) =>
    [
        new($"{AccountOptions.Section}:Iterations", Plain(accounts.Iterations),
            OptionRules.Whole(ScramVerifier.MinIterations, ScramVerifier.MaxIterations),
            "PBKDF2 iterations of new passwords."),
    ];

    private static OptionKey[] SiloKeys(EmbeddedSiloOptions silo) =>
    [
        new($"{EmbeddedSiloOptions.Section}:Port", Plain(silo.Port), OptionRules.Whole(0, 65_535),
            "Embedded silo's port on loopback. 0: a free one."),
        new($"{EmbeddedSiloOptions.Section}:GatewayPort", Plain(silo.GatewayPort), OptionRules.Whole(0, 65_535),
            "Its port for Orleans clients. 0: a free one."),
    ];

    private static OptionKey Whole(string name, int standard, int least, int most, string meaning) =>
        new($"{SessionOptions.Section}:{name}", Plain(standard), OptionRules.Whole(least, most), meaning);

    private static OptionKey Time(string name, TimeSpan standard, TimeSpan least, TimeSpan most, string meaning) =>
        new($"{SessionOptions.Section}:{name}", standard.ToString("c"), OptionRules.Duration(least, most), meaning);

    private static string Plain(int number) => number.ToString(CultureInfo.InvariantCulture);
}
