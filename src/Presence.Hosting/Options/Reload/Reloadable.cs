namespace Presence.Hosting.Options.Reload;

/// <summary>Which keys may change while a process runs (docs/operations/reload.md). What is not in here takes a restart.</summary>
public static class Reloadable
{
    private const string Sessions = "Presence:Sessions:";
    private const string Grains = "Presence:Grains:";

    /// <summary>The first that fits counts.</summary>
    private static readonly (string Prefix, Applies When)[] Rules =
    [
        ("Presence:Access:MaxQueries", Applies.ToNew),
        ("Presence:Access:Query", Applies.ToNew),
        ("Presence:Access:", Applies.AtOnce),
        ("Presence:Groups:MaxUnderWay", Applies.ToNew),
        ("Presence:Groups:", Applies.AtOnce),
        ("Presence:Federation:ClaimSecret", Applies.AtStart),
        ("Presence:Federation:Trust", Applies.AtOnce),
        ("Presence:Federation:Authorities", Applies.AtOnce),
        ("Presence:Federation:Claims", Applies.AtOnce),
        ("Presence:Federation:ConnectionsPerAddress", Applies.AtOnce),
        ("Presence:Federation:Peers:", Applies.AtOnce),
        ($"{Sessions}Anonymous", Applies.AtOnce),
        ($"{Sessions}AuthDelay", Applies.AtOnce),
        ($"{Sessions}MaxAuthFailures", Applies.AtOnce),
        ($"{Sessions}MaxGrace", Applies.AtOnce),
        ($"{Sessions}ResumeTime", Applies.AtOnce),
        (Sessions, Applies.ToNew),
        ($"{Grains}MaxEndpoints", Applies.AtOnce),
        ($"{Grains}MaxProperties", Applies.AtOnce),
        ($"{Grains}MaxValueSize", Applies.AtOnce),
        ($"{Grains}MaxLease", Applies.AtOnce),
        ($"{Grains}MaxSubscriptions", Applies.AtOnce),
        (Grains, Applies.ToNew),
    ];

    /// <summary>How those keys begin.</summary>
    public static IEnumerable<string> Prefixes => Rules.Select(rule => rule.Prefix);

    public static Applies When(string key) =>
        Rules.FirstOrDefault(rule => key.StartsWith(rule.Prefix, StringComparison.OrdinalIgnoreCase)).When;
}
