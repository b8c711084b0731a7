using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;
using Presence.Grains;
using Presence.Hosting.Options.Reload;
using Presence.Model.Access;
using Presence.SiloHost;

namespace Presence.Hosting.Tests.Options.Reload;

/// <summary>A file that changes while a silo runs.</summary>
public sealed class ReloadingConfigurationTests : IDisposable
{
    private readonly SettingsFile _file = new("""{ "Presence": { "Grains": { "MaxEndpoints": 4 } } }""");
    private readonly FakeLogger<ReloadingConfiguration> _log = new();
    private readonly ServiceProvider _services;
    private readonly ReloadingConfiguration _reloading;

    public ReloadingConfigurationTests()
    {
        var layers = new ConfigurationLayers(_file.Path, ["--Presence:Grains:MaxSubscriptions=7"], SiloOptionCatalogue.Set);
        var configuration = new ConfigurationManager();
        layers.AddTo(configuration);
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration);
        services.AddLiveOptions<GrainOptions>(GrainOptions.Section);
        services.AddLiveOptions<AccessOptions>(AccessOptions.Section);
        _services = services.BuildServiceProvider();
        _reloading = new ReloadingConfiguration(layers, SiloOptionCatalogue.Set.Check, TimeProvider.System, _log);
    }

    private GrainOptions Grains => _services.GetRequiredService<IOptions<GrainOptions>>().Value;

    private AccessOptions Access => _services.GetRequiredService<IOptions<AccessOptions>>().Value;

    public void Dispose()
    {
        _reloading.Dispose();
        _services.Dispose();
        _file.Dispose();
    }

    [Fact]
    public void A_new_value_holds_once_the_file_has_been_read()
    {
        var asked = _services.GetRequiredService<IOptions<GrainOptions>>();
        Assert.Equal(4, asked.Value.MaxEndpoints);

        _file.Write("""{ "Presence": { "Grains": { "MaxEndpoints": 5 }, "Access": { "Ceiling": ["deny *@b.example all"] } } }""");
        _reloading.Reload(inAnyCase: false);

        Assert.Equal(5, asked.Value.MaxEndpoints);
        Assert.Equal(["deny *@b.example all"], Access.Ceiling);
        Assert.Equal(LogLevel.Information, _log.LatestRecord.Level);
        Assert.EndsWith(
            "holds at once: Presence:Access:Ceiling:0, Presence:Grains:MaxEndpoints.", _log.LatestRecord.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "Presence": { "Grains": { "MaxEndpoints": 0 } } }""", "Presence:Grains:MaxEndpoints = 0: ")]
    [InlineData("""{ "Presence": { "Grains": { "MaxEndpoint": 5 } } }""", "there is no such key")]
    [InlineData("""{ "Presence": { "Access": { "Floor": ["nonsense"] } } }""", "Presence:Access:Floor:0 = nonsense: ")]
    [InlineData("""{ "Presence": """, "appsettings.json: ")]
    public void A_wrong_value_is_told_once_and_the_old_one_stays(string text, string told)
    {
        _file.Write(text);
        _reloading.Reload(inAnyCase: false);
        _reloading.Reload(inAnyCase: false);

        Assert.Equal(4, Grains.MaxEndpoints);
        var record = Assert.Single(_log.Collector.GetSnapshot());
        Assert.Equal(LogLevel.Error, record.Level);
        Assert.Contains(told, record.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_mended_is_read()
    {
        _file.Write("{");
        _reloading.Reload(inAnyCase: false);

        _file.Write("""{ "Presence": { "Grains": { "MaxEndpoints": 6 } } }""");
        _reloading.Reload(inAnyCase: false);

        Assert.Equal(6, Grains.MaxEndpoints);
    }

    [Fact]
    public void A_file_that_is_gone_changes_nothing()
    {
        File.Delete(_file.Path);
        _reloading.Reload(inAnyCase: false);

        Assert.Equal(4, Grains.MaxEndpoints);
        Assert.Contains("no such file", _log.LatestRecord.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_command_line_stays_above_the_file()
    {
        _file.Write("""{ "Presence": { "Grains": { "MaxSubscriptions": 9 } } }""");
        _reloading.Reload(inAnyCase: false);

        Assert.Equal(7, Grains.MaxSubscriptions);
        Assert.EndsWith("MaxEndpoints.", _log.LatestRecord.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_security_profile_changes_what_lies_beneath()
    {
        _file.Write("""{ "Presence": { "Security": "strict" } }""");
        _reloading.Reload(inAnyCase: false);
        Assert.Equal(AccessProfile.Strict, Access.Profile);

        _file.Write("""{ "Presence": { "Security": "open" } }""");
        _reloading.Reload(inAnyCase: false);
        Assert.Equal(AccessProfile.Open, Access.Profile);
    }

    [Fact]
    public void What_takes_a_restart_is_told_so()
    {
        _file.Write("""{ "Presence": { "Grains": { "MaxEndpoints": 4, "MaxWaiting": 5 }, "Data": "/elsewhere" } }""");
        _reloading.Reload(inAnyCase: false);

        Assert.EndsWith(
            "holds for new connections and nodes: Presence:Grains:MaxWaiting; NEEDS A RESTART: Presence:Data.",
            _log.LatestRecord.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hang_up_reads_a_file_that_says_the_same()
    {
        _reloading.Reload(inAnyCase: true);

        Assert.EndsWith("nothing has changed.", _log.LatestRecord.Message, StringComparison.Ordinal);
    }
}
