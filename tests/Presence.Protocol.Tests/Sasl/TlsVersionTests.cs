using System.Security.Authentication;
using Presence.Protocol.Sasl;

namespace Presence.Protocol.Tests.Sasl;

public class TlsVersionTests
{
    [Theory]
    [InlineData(SslProtocols.Tls12, "0303")]
    [InlineData(SslProtocols.Tls13, "0304")]
    [InlineData(SslProtocols.None, null)]
    public void A_version_is_told_as_four_hexadecimal_digits(SslProtocols negotiated, string? expected) =>
        Assert.Equal(expected, TlsVersion.From(negotiated));
}
