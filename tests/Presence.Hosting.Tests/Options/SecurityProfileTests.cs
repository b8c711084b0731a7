using Microsoft.Extensions.Configuration;
using Presence.Hosting.Options;
using Presence.Hosting.Options.Reload;
using Presence.Hosting.Tests.Options.Reload;
using Presence.SiloHost;

namespace Presence.Hosting.Tests.Options;

/// <summary>docs/protocol/threats.md, "Security profiles": one setting for many.</summary>
public sealed class SecurityProfileTests
{
    [Fact]
    public void Strict_takes_the_strictest_of_each()
    {
        var strict = SecurityProfiles.Of(SecurityProfile.Strict);
        Assert.Equal("true", strict["Presence:Tls:Only13"]);
        Assert.Equal("true", strict["Presence:Sessions:BoundLoginsOnly"]);
        Assert.Equal("false", strict["Presence:Sessions:PlainOverTls"]);
        Assert.Equal("off", strict["Presence:Listeners:Udp"]);
        Assert.Equal("Strict", strict["Presence:Access:Profile"]);
    }

    [Fact]
    public void A_profile_lies_beneath_what_is_configured_and_gives_a_process_only_what_it_knows()
    {
        using var file = new SettingsFile("""{ "Presence": { "Security": "strict", "Grains": { "MaxEndpoints": "4" } } }""");
        var layers = new ConfigurationLayers(file.Path, [], SiloOptionCatalogue.Set);

        Assert.Equal("Strict", layers.Now.All["Presence:Access:Profile"]);
        Assert.Null(layers.Now.All["Presence:Listeners:Udp"]);
        SiloOptionCatalogue.Set.Check(layers.Now.All);
        var corporate = layers.Read("""{ "Presence": { "Security": "strict", "Access": { "Profile": "Corporate" } } }""");
        Assert.Equal("Corporate", corporate.All["Presence:Access:Profile"]);
    }

    [Fact]
    public void Without_the_setting_nothing_is_laid_down() =>
        Assert.Empty(SecurityProfiles.Beneath(new ConfigurationBuilder().Build(), SiloOptionCatalogue.Set));

    [Fact]
    public void An_unknown_profile_is_refused() => Assert.Contains(
        "one of Open, Standard, Strict is needed",
        Assert.Throws<StartRefusedException>(() => SiloOptionCatalogue.Set.Check(new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create("Presence:Security", (string?)"paranoid")]).Build())).Message,
        StringComparison.Ordinal);
}
