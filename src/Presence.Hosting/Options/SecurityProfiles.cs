using Microsoft.Extensions.Configuration;

namespace Presence.Hosting.Options;

/// <summary>
/// One setting for many: a security profile lies beneath all other configuration, so that each single setting may still be
/// another one.
/// </summary>
public static class SecurityProfiles
{
    /// <summary>Name of the setting. Without it each setting has its own default.</summary>
    public const string Key = "Presence:Security";

    public static readonly OptionKey Option = new(
        Key, "", OptionRules.Word<SecurityProfile>(), "A security profile: defaults for TLS, logins, listeners and access.");

    /// <summary>What the profile stands for.</summary>
    public static IReadOnlyDictionary<string, string?> Of(SecurityProfile profile) => profile switch
    {
        SecurityProfile.Open => new Dictionary<string, string?>
        {
            ["Presence:Access:Profile"] = "Open",
            ["Presence:Sessions:Anonymous"] = "true",
        },
        SecurityProfile.Strict => new Dictionary<string, string?>
        {
            ["Presence:Access:Profile"] = "Strict",
            ["Presence:Listeners:Udp"] = "off",
            ["Presence:Sessions:BoundLoginsOnly"] = "true",
            ["Presence:Sessions:PlainOverTls"] = "false",
            ["Presence:Tls:Only13"] = "true",
        },
        _ => new Dictionary<string, string?> { ["Presence:Sessions:PlainOverTls"] = "false" },
    };

    /// <summary>What lies beneath this configuration, as far as the process knows the keys; nothing if it names no profile.</summary>
    public static IReadOnlyDictionary<string, string?> Beneath(IConfiguration configuration, OptionSet known)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(known);
        return Enum.TryParse<SecurityProfile>(configuration[Key], ignoreCase: true, out var profile)
            ? Of(profile).Where(setting => known.Find(setting.Key) is not null).ToDictionary()
            : new Dictionary<string, string?>();
    }
}
