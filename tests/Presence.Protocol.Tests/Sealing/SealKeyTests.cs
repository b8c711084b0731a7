using System.Text;
using Presence.Protocol.Sealing;

namespace Presence.Protocol.Tests.Sealing;

public sealed class SealKeyTests
{
    private const string Inner = "SET 1 ~/ep/pager/status val=online lease=120 default=offline\r\n";

    private static readonly byte[] E10 = Convert.FromHexString(
        ("53 45 41 4C 20 23 31 20 75 37 4B 71 32 20 7B 37 38 7D 0D 0A 8B 02 7C A6 0D ED 05 4C AC 78 22 3E B9 30 49 6C "
        + "23 11 1F F8 E5 7E E2 32 4F 6A 1A BB 38 57 EE ED F8 88 0E 65 75 61 E4 79 97 F9 BC E1 D2 28 DD 22 38 8A 6C 27 "
        + "F9 32 BB F5 B3 F7 BA EB 0F D2 EB D2 2E E7 28 E8 C6 98 FB 45 59 72 D7 95 0F 57 0D 0A").Replace(" ", ""));

    private static readonly byte[] Master = [.. Enumerable.Range(0x40, 32).Select(octet => (byte)octet)];

    [Fact]
    [Trait("Conformance", "UDP-01")]
    public void The_datagram_of_E10_opens()
    {
        using var key = new SealKey(Master, SealDirection.ClientToServer);
        Assert.True(SealedDatagram.TryRead(E10, out var datagram));

        Assert.True(key.TryOpen(datagram, out var inner));

        Assert.Equal(1, datagram.Sequence);
        Assert.Equal("u7Kq2", datagram.Name);
        Assert.Equal(Inner, Encoding.ASCII.GetString(inner));
    }

    [Fact]
    public void Sealing_gives_the_octets_of_E10()
    {
        using var key = new SealKey(Master, SealDirection.ClientToServer);

        Assert.Equal(E10, key.Seal(1, "u7Kq2", Encoding.ASCII.GetBytes(Inner)));
    }

    [Fact]
    [Trait("Conformance", "UDP-01")]
    public void No_flipped_bit_goes_unseen()
    {
        using var key = new SealKey(Master, SealDirection.ClientToServer);
        for (var bit = 0; bit < E10.Length * 8; bit++)
        {
            var changed = (byte[])E10.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            var opens = SealedDatagram.TryRead(changed, out var datagram) && datagram.Name == "u7Kq2"
                && key.TryOpen(datagram, out _);
            Assert.False(opens, $"bit {bit}");
        }
    }

    [Fact]
    public void What_goes_one_way_does_not_open_the_other_way()
    {
        using var key = new SealKey(Master, SealDirection.ServerToClient);
        Assert.True(SealedDatagram.TryRead(E10, out var datagram));

        Assert.False(key.TryOpen(datagram, out _));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(83, 9)]
    [InlineData(84, 10)]
    [InlineData(1000, 123456789012345678)]
    public void The_length_is_known_beforehand(int inner, long sequence)
    {
        using var key = new SealKey(Master, SealDirection.ServerToClient);

        Assert.Equal(SealKey.SealedLength(inner, sequence, "u1"), key.Seal(sequence, "u1", new byte[inner]).Length);
    }
}
