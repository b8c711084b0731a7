using Microsoft.Extensions.Configuration;
using Presence.Hosting.Options;
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
        using var configuration = new ConfigurationManager();
        configuration.AddInMemoryCollection(
            [KeyValuePair.Create("Presence:Security", (string?)"strict"), new("Presence:Grains:MaxEndpoints", "4")]);

        configuration.AddSecurityProfile(SiloOptionCatalogue.Set);

        Assert.Equal("Strict", configuration["Presence:Access:Profile"]);
        Assert.Null(configuration["Presence:Listeners:Udp"]);
        SiloOptionCatalogue.Set.Check(configuration);
        configuration["Presence:Access:Profile"] = "Corporate";
        Assert.Equal("Corporate", configuration["Presence:Access:Profile"]);
    }

    [Fact]
    public void Without_the_setting_nothing_is_laid_down()
    {
        using var configuration = new ConfigurationManager();
        configuration.AddSecurityProfile(SiloOptionCatalogue.Set);
        Assert.Empty(configuration.AsEnumerable());
    }

    [Fact]
    public void An_unknown_profile_is_refused() => Assert.Contains(
        "one of Open, Standard, Strict is needed",
        Assert.Throws<StartRefusedException>(() => SiloOptionCatalogue.Set.Check(new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create("Presence:Security", (string?)"paranoid")]).Build())).Message,
        StringComparison.Ordinal);
}
