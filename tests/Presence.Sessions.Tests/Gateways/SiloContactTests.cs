using Microsoft.Extensions.Time.Testing;
using Presence.Sessions.Gateways;

namespace Presence.Sessions.Tests.Gateways;

public sealed class SiloContactTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void A_gateway_that_has_heard_from_no_silo_serves_nobody() => Assert.False(new SiloContact(_time).IsAlive);

    [Fact]
    public void Fifteen_seconds_without_an_answer_mean_that_no_silo_is_there()
    {
        var silos = new SiloContact(_time);
        silos.Seen();

        _time.Advance(SiloContact.Patience - TimeSpan.FromSeconds(1));
        Assert.True(silos.IsAlive);

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(silos.IsAlive);

        silos.Seen();
        Assert.True(silos.IsAlive);
    }
}
