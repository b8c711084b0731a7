using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Options;
using Presence.Transports.Metrics;
using Presence.Transports.Tests.Fakes;
using Presence.Transports.Tls;

namespace Presence.Transports.Tests.Tls;

public sealed class HandshakeLimitTests
{
    private static readonly IOptions<HandshakeSettings> Two =
        Options.Create(new HandshakeSettings { HandshakeBurst = 2, HandshakesPerSecond = 1 });

    [Fact]
    public void An_address_that_has_had_its_share_is_refused_and_others_are_not()
    {
        using var limit = new HandshakeLimit(Two);

        Assert.True(Asks(limit, "192.0.2.1"));
        Assert.True(Asks(limit, "::ffff:192.0.2.1"));
        Assert.False(Asks(limit, "192.0.2.1"));
        Assert.True(Asks(limit, "192.0.2.2"));
    }

    [Fact]
    public void An_IPv6_address_counts_with_all_of_its_64()
    {
        using var limit = new HandshakeLimit(Two);

        Assert.True(Asks(limit, "2001:db8::1"));
        Assert.True(Asks(limit, "2001:db8::2"));
        Assert.False(Asks(limit, "2001:db8::ffff:3"));
        Assert.True(Asks(limit, "2001:db8:0:1::1"));
    }

    [Fact]
    public async Task Beyond_the_limit_a_connection_is_closed_before_its_handshake_and_counted()
    {
        await using var node = await Node.Start(
            new GreetingHost(), configure: services => services.AddSingleton(Two));
        using var refusals = new MetricCollector<long>(
            node.Services.GetRequiredService<IMeterFactory>(), TransportMetrics.MeterName, "presence.transports.refusals");
        await using (var first = await TlsClient.Connect(node, "a.example"))
            Assert.Equal(GreetingHost.Greeting, await first.ReadGreeting());

        var refused = refusals.WaitForMeasurementsAsync(1, Deadline.Token);
        var others = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => ConnectOrBeClosed(node.Pips)));
        await refused;

        Assert.Equal("handshakes", refusals.LastMeasurement?.Tags["limit"]);
        foreach (var other in others.OfType<NetworkStream>())
            await other.DisposeAsync();
    }

    /// <summary>Null for one that was closed before it noticed that it was open.</summary>
    private static async Task<NetworkStream?> ConnectOrBeClosed(IPEndPoint end)
    {
        try
        {
            return await Node.Connect(end);
        }
        catch (SocketException)
        {
            return null;
        }
    }

    private static bool Asks(HandshakeLimit limit, string address) =>
        limit.TryTake(new IPEndPoint(IPAddress.Parse(address), 40_000));
}
