using System.Net;
using System.Net.Sockets;
using Presence.Hosting.Clustering;

namespace Presence.Hosting.Tests.Clustering;

public sealed class FreePortsTests
{
    [Fact]
    public void What_was_asked_for_stays_and_each_zero_becomes_a_port_that_no_connection_is_given()
    {
        var ports = FreePorts.Fill(0, 1234, 0);

        Assert.Equal(1234, ports[1]);
        Assert.NotEqual(ports[0], ports[2]);
        Assert.All([ports[0], ports[2]], port => Assert.InRange(port, 20_000, 29_999));
    }

    [Fact]
    public void A_port_that_was_found_can_be_listened_on()
    {
        using var listener = new TcpListener(IPAddress.Loopback, FreePorts.Fill(0)[0]);

        listener.Start();
    }
}
