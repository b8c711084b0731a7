using Presence.Transports.Tokens;

namespace Presence.Gateway.Options;

/// <summary>Looks at all that is configured before anything is started.</summary>
internal static class ConfigurationCheck
{
    /// <exception cref="StartRefusedException">A key is unknown or a value is not good.</exception>
    public static void Check(IConfiguration configuration)
    {
        foreach (var (key, value) in Leaves(configuration.GetSection(NodeOptions.Section)))
        {
            if (OptionCatalogue.Find(key) is not { } option)
                throw StartRefusedException.About(key, value, $"there is no such key{Hint(key)}");
            if (option.Rule.Fault(value) is { } fault)
                throw StartRefusedException.About(option.Key.Replace("#", Index(key), StringComparison.Ordinal),
                    option.IsSecret ? "(hidden)" : value, fault);
        }

        CheckTogether(configuration);
    }

    /// <summary>What one value alone does not show.</summary>
    private static void CheckTogether(IConfiguration configuration)
    {
        CheckTokens(configuration.GetSection(TokenSettings.Section));
        var certificate = configuration.GetSection(CertificateOptions.Section);
        foreach (var name in (string[])["Key", "Password"])
        {
            if (certificate[name] is { Length: > 0 } value && string.IsNullOrEmpty(certificate["Path"]))
                throw StartRefusedException.About($"{CertificateOptions.Section}:{name}",
                    name == "Password" ? "(hidden)" : value, $"{CertificateOptions.Section}:Path is needed with it");
        }
    }

    private static void CheckTokens(IConfigurationSection tokens)
    {
        if (tokens["Keys"] is not { Length: > 0 } keys)
            return;
        foreach (var name in (string[])["Issuers", "Audiences"])
        {
            if (!tokens.GetSection(name).GetChildren().Any())
                throw StartRefusedException.About($"{TokenSettings.Section}:Keys", keys, $"{TokenSettings.Section}:{name}:0 is needed with it");
        }
    }

    private static IEnumerable<(string Key, string Value)> Leaves(IConfigurationSection section) =>
        section.AsEnumerable()
            .Where(pair => pair.Value is not null && pair.Key != NodeOptions.Section)
            .Select(pair => (pair.Key, pair.Value!))
            .OrderBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase);

    private static string Index(string key) => key[(key.LastIndexOf(':') + 1)..];

    private static string Hint(string key)
    {
        var section = key[..key.LastIndexOf(':')];
        var known = OptionCatalogue.Keys
            .Where(option => option.Key.StartsWith(section + ':', StringComparison.OrdinalIgnoreCase))
            .Select(option => option.Key[(section.Length + 1)..].Split(':')[0])
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .ToArray();
        return known.Length == 0 ? "; --describe-options lists all" : $"; below {section}: {string.Join(", ", known)}";
    }
}
