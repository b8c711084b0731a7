using System.Net;
using System.Net.Sockets;
using Presence.Soak.Wire;

namespace Presence.Soak.Tests;

public sealed class ConnectionTests
{
    [Fact]
    public async Task A_connection_that_its_reader_has_closed_can_be_cut()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        using var connection = await Connection.Open(server.LocalEndpoint, TestContext.Current.CancellationToken);

        connection.Dispose();
        connection.Cut(isReset: true);

        Assert.True(connection.IsCut);
    }
}
