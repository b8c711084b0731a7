using System.Net;
using System.Net.Sockets;
using Presence.Locating.Dns;
using Presence.Locating.Tests.Fakes;

namespace Presence.Locating.Tests;

public sealed class AddressTests
{
    private readonly ZoneResolver _zone = new();
    private readonly AddressRace _race = new(TimeProvider.System);

    [Theory]
    [Trait("Conformance", "LOC-11")]
    [InlineData("2001:db8::1,2001:db8::2", "192.0.2.1", "2001:db8::1 192.0.2.1 2001:db8::2")]
    [InlineData("2001:db8::1", "", "2001:db8::1")]
    [InlineData("", "192.0.2.1,192.0.2.2", "192.0.2.1 192.0.2.2")]
    public async Task Families_are_tried_in_turn(string six, string four, string expected)
    {
        Host(6, six);
        Host(4, four);

        var (addresses, _) = await new AddressBook(_zone, TimeProvider.System).Find("gw.example", Deadline.Token);

        Assert.Equal(expected, string.Join(' ', addresses));
    }

    [Fact]
    public async Task A_host_without_addresses_is_told()
    {
        var (addresses, why) = await new AddressBook(_zone, TimeProvider.System).Find("gw.example", Deadline.Token);

        Assert.Equal((0, "gw.example has no address"), (addresses.Count, why));
    }

    [Theory]
    [Trait("Conformance", "LOC-11")]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public async Task A_host_of_one_family_is_reached(string address)
    {
        using var server = new TcpListener(IPAddress.Parse(address), 0);
        server.Start();

        var (socket, why) = await _race.Connect([IPAddress.Parse(address)], PortOf(server), Deadline.Token);

        Assert.Equal("", why);
        socket!.Dispose();
    }

    [Fact]
    public async Task The_next_address_is_tried_at_once_when_one_refuses()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();

        var (socket, _) = await _race.Connect(
            [IPAddress.IPv6Loopback, IPAddress.Parse("127.0.0.2"), IPAddress.Loopback], PortOf(server), Deadline.Token);

        Assert.Equal(IPAddress.Loopback, ((IPEndPoint)socket!.RemoteEndPoint!).Address);
        socket.Dispose();
    }

    [Fact]
    [Trait("Conformance", "LOC-11")]
    public async Task An_address_that_is_silent_holds_up_nobody_for_long()
    {
        using var silent = new SilentPort(IPAddress.Parse("127.0.0.3"));
        using var server = new TcpListener(IPAddress.Loopback, silent.Port);
        server.Start();
        var start = TimeProvider.System.GetTimestamp();

        var (socket, _) = await _race.Connect([silent.Address, IPAddress.Loopback], silent.Port, Deadline.Token);

        Assert.Equal(IPAddress.Loopback, ((IPEndPoint)socket!.RemoteEndPoint!).Address);
        // Not after the 5 s that the silent one may take.
        Assert.True(TimeProvider.System.GetElapsedTime(start) < AddressRace.Attempt);
        socket.Dispose();
    }

    [Fact]
    public async Task When_all_refuse_the_reason_is_told()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var port = PortOf(server);
        server.Stop();

        var (socket, why) = await _race.Connect([IPAddress.Loopback], port, Deadline.Token);

        Assert.Null(socket);
        Assert.Contains("refused", why, StringComparison.Ordinal);
    }

    private void Host(int family, string addresses)
    {
        if (addresses.Length > 0)
            _zone.Addresses[$"gw.example/{family}"] =
                DnsAnswer.Found([.. addresses.Split(',').Select(IPAddress.Parse)], ZoneResolver.Minute);
    }

    private static int PortOf(TcpListener server) => ((IPEndPoint)server.LocalEndpoint).Port;
}
