using System.Text;
using Presence.Protocol.Sealing;

namespace Presence.Protocol.Tests.Sealing;

public sealed class SealedDatagramTests
{
    [Theory]
    [InlineData("SEAL #1 u1 {3}\r\nabc\r\n")]
    [InlineData("SEAL #123456789012345678 u-1_.x {3}\nabc\n")]
    [InlineData("SEAL #1 u1 {0}\r\n\r\n")]
    public void One_frame_is_taken_apart(string text) =>
        Assert.True(SealedDatagram.TryRead(Encoding.Latin1.GetBytes(text), out _));

    [Theory]
    [InlineData("")]
    [InlineData("PING 1\r\n")]
    [InlineData("SEAL #1 u1 {3}")]
    [InlineData("SEAL #1 u1 {3}\r\na\r\n")]
    [InlineData("SEAL #1 u1 {3}\r\nabcd\r\n")]
    [InlineData("SEAL #1 u1 {3}\r\nabc")]
    [InlineData("SEAL #1 u1 {3}\r\nabc\r\n\r\n")]
    [InlineData("SEAL #1 u1 {3}\r\nabc\r\nSEAL #2 u1 {3}\r\nabc\r\n")]
    [InlineData("SEAL #0 u1 {3}\r\nabc\r\n")]
    [InlineData("SEAL #01 u1 {3}\r\nabc\r\n")]
    [InlineData("SEAL #1234567890123456789 u1 {3}\r\nabc\r\n")]
    [InlineData("SEAL #-1 u1 {3}\r\nabc\r\n")]
    [InlineData("SEAL #1 u1 x=y {3}\r\nabc\r\n")]
    [InlineData("SEAL #1  {3}\r\nabc\r\n")]
    [InlineData("SEAL #1 u1 {03}\r\nabc\r\n")]
    [InlineData("SEAL #1 u1 {3} \r\nabc\r\n")]
    [InlineData("SEAL #1 012345678901234567890123456789012 {3}\r\nabc\r\n")]
    [InlineData("SEAL #1 u1 {999999999999999999}\r\nabc\r\n")]
    [InlineData("SEAL 1 u1 {3}\r\nabc\r\n")]
    [InlineData("seal #1 u1 {3}\r\nabc\r\n")]
    public void Anything_else_is_not(string text) =>
        Assert.False(SealedDatagram.TryRead(Encoding.Latin1.GetBytes(text), out _));

    [Theory]
    [InlineData(1200, true)]
    [InlineData(1201, false)]
    public void A_datagram_has_1200_octets_at_most(int length, bool isGood)
    {
        var body = length - "SEAL #1 u1 {1000}\r\n\r\n".Length;
        var text = $"SEAL #1 u1 {{{body}}}\r\n{new string('x', body)}\r\n";
        Assert.Equal(length, text.Length);

        Assert.Equal(isGood, SealedDatagram.TryRead(Encoding.ASCII.GetBytes(text), out _));
    }
}
