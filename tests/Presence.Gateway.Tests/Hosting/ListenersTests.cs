using Microsoft.AspNetCore.Builder;
using Presence.Gateway.Hosting;
using Presence.Gateway.Options;

namespace Presence.Gateway.Tests.Hosting;

public sealed class ListenersTests
{
    [Fact]
    public void A_listener_for_other_domains_needs_somebody_who_takes_their_connections()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());

        var refused = Assert.Throws<StartRefusedException>(
            () => Listeners.Add(builder, new ListenerOptions { Peers = "127.0.0.1:7751" }));

        Assert.Contains("Presence:Listeners:Peers", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }
}
