using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Presence.Gateway.Hosting;
using Presence.Gateway.Options;

namespace Presence.Gateway.Tests.Hosting;

public sealed class ListenerProbeTests
{
    [Fact]
    public void A_port_in_use_is_told_with_its_key()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var taken = other.LocalEndpoint.ToString()!;

        Assert.Equal($"Presence:Listeners:Http = {taken}: the port is in use", Refusal("off", "off", taken));
    }

    [Fact]
    public void A_port_configured_twice_is_told_with_both_keys()
    {
        var free = $"127.0.0.1:{FreePorts.Fill(0)[0]}";

        Assert.Equal(
            $"Presence:Listeners:Pips = {free}: Presence:Listeners:Pip has the same address and port",
            Refusal(free, free, "off"));
    }

    [Fact]
    public void An_address_of_another_machine_is_told() =>
        Assert.Equal(
            "Presence:Listeners:Pips = 192.0.2.1:7750: this machine does not have that address",
            Refusal("off", "192.0.2.1:7750", "off"));

    [Fact]
    public void Free_ports_and_none_at_all_pass() => ListenerProbe.Check(Settings("127.0.0.1:0", "127.0.0.1:0", "off"));

    [Fact]
    public void Free_ports_differ_and_wanted_ones_stay()
    {
        var ports = FreePorts.Fill(0, 0, 1234);

        Assert.Equal(3, ports.Distinct().Count());
        Assert.Equal(1234, ports[2]);
    }

    private static string Refusal(string pip, string pips, string http) =>
        Assert.Throws<StartRefusedException>(() => ListenerProbe.Check(Settings(pip, pips, http))).Message;

    private static Settings Settings(string pip, string pips, string http) =>
        Gateway.Options.Settings.Read(new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Presence:Listeners:Pip"] = pip,
                ["Presence:Listeners:Pips"] = pips,
                ["Presence:Listeners:Http"] = http,
                ["Presence:Listeners:Udp"] = "off",
                ["Presence:Listeners:Grpc"] = "off",
            })
            .Build());
}
