using System.Net;
using Presence.Transports.Udp;

namespace Presence.Transports.Tests.Udp;

public sealed class ClientAddressTests
{
    private static readonly IPAddress Home = IPAddress.Parse("192.0.2.1");
    private static readonly IPEndPoint One = new(Home, 1000);
    private static readonly IPEndPoint Two = new(IPAddress.Parse("192.0.2.2"), 1000);

    private readonly ClientAddress _address = new(Home);

    [Fact]
    public void Nothing_goes_anywhere_before_the_first_datagram() => Assert.False(_address.TrySpend(1));

    [Fact]
    public void The_address_that_fetched_the_key_needs_no_proof()
    {
        Assert.False(_address.Heard(One, 100, isNewest: true));

        Assert.True(_address.TrySpend(100_000));
    }

    [Fact]
    public void The_same_address_in_the_form_of_the_newer_protocol_needs_none_either()
    {
        Assert.False(_address.Heard(new IPEndPoint(Home.MapToIPv6(), 1000), 100, isNewest: true));

        Assert.True(_address.IsProven);
    }

    [Theory]
    [InlineData("192.0.2.2", 1000)]
    [InlineData("192.0.2.1", 1001)]
    public void After_a_move_three_times_the_octets_received_may_go_there(string to, int port)
    {
        var moved = new IPEndPoint(IPAddress.Parse(to), port);
        _address.Heard(One, 100, isNewest: true);

        Assert.True(_address.Heard(moved, 100, isNewest: true));

        Assert.Equal(moved, _address.Current);
        Assert.True(_address.TrySpend(200));
        Assert.True(_address.TrySpend(100));
        Assert.False(_address.TrySpend(1));
        Assert.False(_address.Heard(moved, 50, isNewest: true));
        Assert.True(_address.TrySpend(150));
        Assert.False(_address.TrySpend(1));
    }

    [Fact]
    public void A_proof_lifts_the_limit_until_the_next_move()
    {
        _address.Heard(One, 100, isNewest: true);
        _address.Heard(Two, 100, isNewest: true);
        _address.Prove();
        Assert.True(_address.TrySpend(100_000));

        Assert.True(_address.Heard(One, 100, isNewest: true));

        Assert.False(_address.TrySpend(301));
    }

    [Fact]
    public void An_old_datagram_moves_nothing()
    {
        _address.Heard(One, 100, isNewest: true);

        Assert.False(_address.Heard(Two, 100, isNewest: false));

        Assert.Equal(One, _address.Current);
        Assert.True(_address.IsProven);
    }
}
