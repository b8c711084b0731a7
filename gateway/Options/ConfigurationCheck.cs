using Presence.Transports.Tokens;

namespace Presence.Gateway.Options;

/// <summary>Looks at all that is configured before anything is started.</summary>
internal static class ConfigurationCheck
{
    /// <exception cref="StartRefusedException">A key is unknown or a value is not good.</exception>
    public static void Check(IConfiguration configuration)
    {
        OptionCatalogue.Set.Check(configuration);
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
}
