using System.Text;
using Presence.Protocol.Sasl;

namespace Presence.Protocol.Tests.Sasl;

public sealed class OAuthBearerMessageTests
{
    [Fact]
    public void The_example_of_RFC_7628_is_read()
    {
        // Section 4.1.
        var message = "bixhPXVzZXJAZXhhbXBsZS5jb20sAWhvc3Q9c2VydmVyLmV4YW1wbGUuY29tAXBvcnQ9MTQzAWF1dGg9QmVhcmVyIHZGOWRmd"
            + "DRxbVRjMk52YjNSbGNrQmhiSFJoZG1semRHRXVZMjl0Q2c9PQEB";

        Assert.True(OAuthBearerMessage.TryParse(Convert.FromBase64String(message), out var parsed));
        Assert.Equal("user@example.com", parsed.AuthorizationIdentity);
        Assert.Equal("vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==", parsed.Token);
    }

    [Fact]
    public void A_message_reads_back_as_it_was_written()
    {
        var message = new OAuthBearerMessage("alice", "abc.def.ghi");

        Assert.True(OAuthBearerMessage.TryParse(message.ToOctets(), out var parsed));
        Assert.Equal(message, parsed);
        Assert.DoesNotContain("abc", message.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("n,,")]
    [InlineData("n,,^^")]
    [InlineData("n,,^auth=Bearer x^")]
    [InlineData("n,,^auth=Basic x^^")]
    [InlineData("n,,^auth=Bearer ^^")]
    [InlineData("n,,^auth=Bearer x^auth=Bearer y^^")]
    [InlineData("n,,^host=a.example^^")]
    [InlineData("n,,^1=a^auth=Bearer x^^")]
    [InlineData("n,,x^auth=Bearer x^^")]
    [InlineData("p=tls-unique,,^auth=Bearer x^^")]
    [InlineData("auth=Bearer x^^")]
    public void What_is_no_such_message_is_not_read(string message) => Assert.False(
        OAuthBearerMessage.TryParse(Encoding.ASCII.GetBytes(message.Replace('^', '\u0001')), out _));

    [Fact]
    public void A_token_beyond_the_limit_is_not_read() => Assert.False(
        OAuthBearerMessage.TryParse(new OAuthBearerMessage(null, new string('x', 8193)).ToOctets(), out _));
}
