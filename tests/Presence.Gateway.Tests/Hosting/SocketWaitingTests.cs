using Presence.Gateway.Hosting;

namespace Presence.Gateway.Tests.Hosting;

public sealed class SocketWaitingTests
{
    private const string Variable = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    [Theory]
    [InlineData(null, "1")]
    [InlineData("0", "0")]
    public void What_has_arrived_is_read_at_once_unless_the_operator_wants_it_otherwise(string? set, string expected)
    {
        var before = Environment.GetEnvironmentVariable(Variable);
        try
        {
            Environment.SetEnvironmentVariable(Variable, set);

            SocketWaiting.ReadAtOnce();

            Assert.Equal(expected, Environment.GetEnvironmentVariable(Variable));
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, before);
        }
    }
}
