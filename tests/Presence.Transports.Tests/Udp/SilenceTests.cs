using System.Text;
using Presence.Testing.Wire;
using Presence.Transports.Tests.Fakes;

namespace Presence.Transports.Tests.Udp;

/// <summary>What must leave no trace. That it left none is seen from the request after it, which is answered alone.</summary>
public sealed class SilenceTests
{
    [Fact]
    [Trait("Conformance", "UDP-01")]
    public async Task A_datagram_with_any_flipped_bit_is_not_answered()
    {
        using var holder = await KeyHolder.Create();
        var good = holder.Client.Seal("SET 1 ~/ep/pager/status val=online lease=120 default=offline\r\n");
        for (var bit = 0; bit < good.Length * 8; bit++)
        {
            var changed = (byte[])good.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            holder.Deliver(changed);
        }

        holder.Deliver(good);

        Assert.Equal("200 1 ok\r\n", await holder.Answer());
        Assert.Equal(["SET 1"], holder.Sessions.Executed);
    }

    [Fact]
    [Trait("Conformance", "UDP-02")]
    public async Task A_repeated_or_old_number_is_not_answered_and_a_late_one_is()
    {
        using var holder = await KeyHolder.Create();
        holder.Client.Sent = 99;
        var first = holder.Client.Seal("PING 1\r\n");
        holder.Deliver(first);
        Assert.Equal("200 1 ok\r\n", await holder.Answer());

        holder.Deliver(first);
        holder.Client.Sent = 35;
        holder.Send("PING 2\r\n");
        holder.Client.Sent = 36;
        holder.Send("PING 3\r\n");

        Assert.Equal("200 3 ok\r\n", await holder.Answer());
        Assert.Equal(["PING 1", "PING 3"], holder.Sessions.Executed);
    }

    [Theory]
    [Trait("Conformance", "UDP-03")]
    [InlineData("PING 1\r\n")]
    [InlineData("")]
    [InlineData("SEAL #1 u7Kq2 {3}\r\nabc\r\n")]
    public async Task Clear_text_and_unknown_names_are_not_answered(string text)
    {
        using var holder = await KeyHolder.Create();

        holder.Deliver(Encoding.ASCII.GetBytes(text));
        holder.Deliver(new SealedClient("u7Kq2", new byte[32]).Seal("PING 1\r\n"));
        holder.Deliver(new SealedClient(holder.Client.Uid, new byte[32]).Seal("PING 1\r\n"));
        holder.Send("PING 2\r\n");

        Assert.Equal("200 2 ok\r\n", await holder.Answer());
        Assert.Equal(["PING 2"], holder.Sessions.Executed);
    }

    [Theory]
    [Trait("Conformance", "UDP-03")]
    [InlineData("PING 1\r\nPING 2\r\n")]
    [InlineData("PING 1\r\n\r\n")]
    [InlineData("PING 1")]
    [InlineData("\r\n")]
    [InlineData("ping 1\r\n")]
    [InlineData("SET 1 ~/note {5}\r\nab\r\n")]
    public async Task What_is_not_exactly_one_frame_inside_is_not_answered(string inner)
    {
        using var holder = await KeyHolder.Create();

        holder.Send(inner);
        holder.Send("PING 9\r\n");

        Assert.Equal("200 9 ok\r\n", await holder.Answer());
        Assert.Equal(["PING 9"], holder.Sessions.Executed);
    }

    [Fact]
    [Trait("Conformance", "UDP-03")]
    public async Task A_datagram_of_more_than_1200_octets_or_two_frames_is_not_answered()
    {
        using var holder = await KeyHolder.Create();
        var sealing = holder.Client.Seal("PING 1\r\n");

        holder.Deliver([.. sealing, .. sealing]);
        holder.Send($"SET 2 ~/note val={new string('x', 1150)}\r\n");
        holder.Send($"SET 3 ~/note val={new string('x', 1100)}\r\n");

        Assert.Equal("200 3 ok\r\n", await holder.Answer());
        Assert.Equal(["SET 3"], holder.Sessions.Executed);
    }
}
