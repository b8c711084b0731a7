using Microsoft.Extensions.Configuration;
using Presence.Gateway.Options;

namespace Presence.Gateway.Tests.Options;

public sealed class ConfigurationCheckTests
{
    private const string ClearText = "clear text is for loopback addresses only (127.0.0.0/8 or [::1])";
    private const string Form = "an IP address and port are needed, as 127.0.0.1:7750, or off";

    [Theory]
    [InlineData("Presence:Listeners:Pip", "127.0.0.1:7749")]
    [InlineData("Presence:Listeners:Pip", "127.9.9.9:0")]
    [InlineData("Presence:Listeners:Pip", "[::1]:7749")]
    [InlineData("Presence:Listeners:Pip", "off")]
    [InlineData("Presence:Listeners:Pips", "0.0.0.0:7750")]
    [InlineData("Presence:Listeners:Pips", "[::]:65535")]
    [InlineData("Presence:Listeners:Http", "OFF")]
    [InlineData("Presence:Listeners:Udp", "0.0.0.0:7750")]
    [InlineData("Presence:Listeners:Udp", "off")]
    [InlineData("Presence:Listeners:PipsHttp", "false")]
    [InlineData("Presence:WebSocket:Origins:0", "https://chat.a.example")]
    [InlineData("Presence:WebSocket:Ping", "00:00:10")]
    [InlineData("Presence:Udp:MaxKeys", "1")]
    [InlineData("Presence:Udp:MaxKeyLife", "365.00:00:00")]
    [InlineData("presence:listeners:pips", "192.0.2.1:7750")]
    [InlineData("Presence:Domains:0", "a.example")]
    [InlineData("Presence:Domains:7", "B\u00FCcher.example")]
    [InlineData("Presence:Data", "../elsewhere")]
    [InlineData("Presence:Silo:Port", "0")]
    [InlineData("Presence:Accounts:Iterations", "4096")]
    [InlineData("Presence:Accounts:Iterations", "1000000")]
    [InlineData("Presence:Sessions:MaxLine", "65536")]
    [InlineData("Presence:Sessions:Idle", "00:00:05")]
    [InlineData("Presence:Sessions:PlainOnLoopback", "true")]
    [InlineData("Presence:Grains:PublishInterval", "00:00:00")]
    [InlineData("Presence:Grains:PublishInterval", "00:00:10")]
    [InlineData("Presence:Certificate:Path", "server.pfx")]
    public void A_good_value_passes(string key, string value) => Read((key, value));

    [Theory]
    [InlineData("Presence:Listeners:Pip", "0.0.0.0:7749", ClearText)]
    [InlineData("Presence:Listeners:Pip", "[::]:7749", ClearText)]
    [InlineData("Presence:Listeners:Pips", "localhost:7750", Form)]
    [InlineData("Presence:Listeners:Pips", "127.0.0.1", Form)]
    [InlineData("Presence:Listeners:Pips", "::1", Form)]
    [InlineData("Presence:Listeners:Pips", "127.0.0.1:65536", Form)]
    [InlineData("Presence:Listeners:Http", "", Form)]
    [InlineData("Presence:Domains:0", "a..example", "The domain has an empty label")]
    [InlineData("Presence:Data", "", "a path is needed")]
    [InlineData("Presence:Silo:Port", "65536", "out of range 0–65 535")]
    [InlineData("Presence:Silo:GatewayPort", "-1", "out of range 0–65 535")]
    [InlineData("Presence:Accounts:Iterations", "4095", "out of range 4 096–1 000 000")]
    [InlineData("Presence:Accounts:Iterations", "many", "a whole number is needed, range 4 096–1 000 000")]
    [InlineData("Presence:Sessions:MaxLine", "99999999999", "out of range 256–65 536")]
    [InlineData("Presence:Sessions:Idle", "120", "out of range 00:00:05–01:00:00 (hh:mm:ss)")]
    [InlineData("Presence:Sessions:Idle", "soon", "a duration is needed, range 00:00:05–01:00:00 (hh:mm:ss)")]
    [InlineData("Presence:Sessions:PlainOnLoopback", "yes", "true or false is needed")]
    [InlineData("Presence:Grains:PublishInterval", "00:00:11", "out of range 00:00:00–00:00:10 (hh:mm:ss)")]
    [InlineData("Presence:Grains:PublishInterval", "-00:00:01", "out of range 00:00:00–00:00:10 (hh:mm:ss)")]
    [InlineData("Presence:Certificate:Key", "key.pem", "Presence:Certificate:Path is needed with it")]
    public void A_bad_value_is_told_in_one_line(string key, string value, string why) =>
        Assert.Equal($"{key} = {value}: {why}", Refusal((key, value)));

    [Theory]
    [InlineData("Presence:Listener:Pip", "there is no such key; --describe-options lists all")]
    [InlineData("Presence:Listeners:Pop",
        "there is no such key; below Presence:Listeners: Pip, Pips, PipsHttp, Udp, Http")]
    [InlineData("Presence:Domains", "there is no such key; below Presence: Domains, Data, Listeners, Sessions, "
        + "Grains, WebSocket, Udp, Certificate, Accounts, Silo")]
    [InlineData("Presence:Data:0", "there is no such key; below Presence:Data: ")]
    public void A_typing_error_is_told(string key, string why) =>
        Assert.StartsWith($"{key} = off: {why.Split(';')[0]}", Refusal((key, "off")), StringComparison.Ordinal);

    [Fact]
    public void A_line_feed_in_a_value_does_not_make_two_lines() =>
        Assert.Equal("Presence:Domains:0 = a b: The domain may hold only letters, marks, digits and hyphens",
            Refusal(("Presence:Domains:0", "a\nb")));

    [Fact]
    public void A_password_is_never_shown() =>
        Assert.Equal("Presence:Certificate:Password = (hidden): Presence:Certificate:Path is needed with it",
            Refusal(("Presence:Certificate:Password", "secret")));

    [Fact]
    public void Nothing_configured_is_the_node_of_localhost()
    {
        var settings = Read();

        Assert.Equal(["localhost"], settings.Domains.All.Select(domain => domain.Value));
        Assert.Equal("./data", settings.Node.Data);
        Assert.Equal("127.0.0.1:7749", settings.Listeners.Pip);
        Assert.Equal(10_000, settings.Accounts.Iterations);
    }

    [Fact]
    public void Domains_are_canonical_and_each_is_hosted_once()
    {
        var settings = Read(("Presence:Domains:0", "A.Example"), ("Presence:Domains:1", "a.example"));

        Assert.Equal(["a.example"], settings.Domains.All.Select(domain => domain.Value));
    }

    [Fact]
    public void Every_default_is_good() =>
        Assert.All(
            OptionCatalogue.Keys.Where(option => option.Default.Length > 0),
            option => Assert.Null(option.Rule.Fault(option.Default)));

    [Fact]
    public void Every_key_is_described_with_default_range_and_meaning()
    {
        using var output = new StringWriter();
        OptionDescription.Write(output, OptionCatalogue.Keys);

        Assert.All(OptionCatalogue.Keys, option =>
        {
            Assert.Contains(option.Key, output.ToString(), StringComparison.Ordinal);
            Assert.Contains(option.Rule.Range, output.ToString(), StringComparison.Ordinal);
            Assert.Contains(option.Meaning, output.ToString(), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Every_property_of_the_options_has_its_key()
    {
        (Type Type, string Section)[] options =
        [
            (typeof(Sessions.SessionOptions), Sessions.SessionOptions.Section),
            (typeof(Grains.GrainOptions), Grains.GrainOptions.Section),
            (typeof(Grains.AccessOptions), Grains.AccessOptions.Section),
            (typeof(Grains.Groups.GroupOptions), Grains.Groups.GroupOptions.Section),
            (typeof(Grains.Peers.PeerDomainOptions), Grains.Peers.PeerDomainOptions.Section),
            (typeof(Federation.Links.PeerLinkOptions), Federation.Links.PeerLinkOptions.Section),
        ];
        var keys = options.SelectMany(option => option.Type.GetProperties()
            .Where(property => property.CanWrite)
            .Select(property => $"{option.Section}:{property.Name}"));

        Assert.All(keys, key => Assert.NotNull(OptionCatalogue.Find(key) ?? OptionCatalogue.Find(key + ":0")));
    }

    private static string Refusal(params (string Key, string Value)[] configured) =>
        Assert.Throws<StartRefusedException>(() => Read(configured)).Message;

    private static Settings Read(params (string Key, string Value)[] configured) =>
        Settings.Read(new ConfigurationBuilder()
            .AddInMemoryCollection(configured.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)))
            .Build());
}
