using System.Text;
using Presence.Protocol.Sasl;

namespace Presence.Protocol.Tests.Sasl;

public class PlainMessageTests
{
    [Theory]
    [InlineData("\0tim\0tanstaaftanstaaf", "", "tim", "tanstaaftanstaaf")]
    [InlineData("Ursel\0Kurt\0xipj3plmq", "Ursel", "Kurt", "xipj3plmq")]
    [InlineData("\0alice@a.example\0sesam öffne dich", "", "alice@a.example", "sesam öffne dich")]
    public void Three_parts_are_read(string message, string authzid, string authcid, string password)
    {
        Assert.True(PlainMessage.TryParse(Encoding.UTF8.GetBytes(message), out var parsed));
        Assert.Equal(new PlainMessage(authzid, authcid, password), parsed);
        Assert.Equal(message, Encoding.UTF8.GetString(parsed.ToOctets()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("alice")]
    [InlineData("\0alice")]
    [InlineData("\0alice\0")]
    [InlineData("\0\0pencil")]
    [InlineData("\0alice\0pen\0cil")]
    [InlineData("\0alice\0pencil\0")]
    public void Anything_but_three_parts_is_refused(string message)
    {
        Assert.False(PlainMessage.TryParse(Encoding.UTF8.GetBytes(message), out var parsed));
        Assert.Null(parsed);
    }

    [Fact]
    public void Octets_that_are_not_utf8_are_refused() =>
        Assert.False(PlainMessage.TryParse([0, (byte)'a', 0, 0xFF], out _));

    [Fact]
    public void Parts_beyond_their_limits_are_refused()
    {
        Assert.False(PlainMessage.TryParse(new PlainMessage(new('a', 513), "alice", "x").ToOctets(), out _));
        Assert.False(PlainMessage.TryParse(new PlainMessage("", new('a', 513), "x").ToOctets(), out _));
        Assert.False(PlainMessage.TryParse(new PlainMessage("", "alice", new('a', 3073)).ToOctets(), out _));
        Assert.False(PlainMessage.TryParse(new byte[100_000], out _));
    }

    [Fact]
    public void The_printed_form_hides_the_password() =>
        Assert.DoesNotContain("pencil", new PlainMessage("", "alice", "pencil").ToString(), StringComparison.Ordinal);
}
