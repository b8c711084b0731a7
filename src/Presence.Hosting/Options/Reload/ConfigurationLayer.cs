using Microsoft.Extensions.Configuration;

namespace Presence.Hosting.Options.Reload;

/// <summary>One layer of the configuration, whose values can be exchanged while the process runs.</summary>
internal sealed class ConfigurationLayer : ConfigurationProvider, IConfigurationSource
{
    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    public void Put(IEnumerable<KeyValuePair<string, string?>> values) =>
        Data = new Dictionary<string, string?>(values, StringComparer.OrdinalIgnoreCase);

    /// <summary>Lets all who follow the configuration read it anew.</summary>
    public void Tell() => OnReload();
}
