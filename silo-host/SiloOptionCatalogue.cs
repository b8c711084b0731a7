using Presence.Hosting.Options;

namespace Presence.SiloHost;

/// <summary>Every key below <c>Presence:</c> that a silo of its own knows.</summary>
internal static class SiloOptionCatalogue
{
    public const string DataKey = "Presence:Data";
    public const string HttpKey = "Presence:Listeners:Http";
    public const string DefaultHttp = "127.0.0.1:8090";
    public const string DomainsKey = "Presence:Domains";

    public static readonly IReadOnlyList<OptionKey> Keys =
    [
        SecurityProfiles.Option,
        new(DataKey, "./data", OptionRules.Path, "Folder of the SQLite file, if the store is Sqlite."),
        new(HttpKey, DefaultHttp, OptionRules.AnyEndPoint, "Health and measurements over HTTP."),
        new($"{DomainsKey}:#", "any", OptionRules.HostedDomain, "Domains hosted here, as the gateways say; with links to others."),
        .. ClusterOptionKeys.All,
        .. TelemetryOptionKeys.All,
        .. GrainOptionKeys.All,
        .. AccessOptionKeys.All,
        .. GroupOptionKeys.All,
    ];

    public static readonly OptionSet Set = new(Keys);
}
