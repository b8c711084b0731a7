using Presence.Conformance.Wire;

namespace Presence.Conformance.Tests;

public sealed class DatagramKeyTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0x40, 32).Select(octet => (byte)octet)];

    [Fact]
    public void The_datagram_of_E10() => Assert.Equal(
        "5345414C2023312075374B7132207B37387D0D0A8B027CA60DED054CAC78223EB930496C23111FF8E57EE2324F6A1ABB3857"
        + "EEEDF8880E657561E47997F9BCE1D228DD22388A6C27F932BBF5B3F7BAEB0FD2EBD22EE728E8C698FB455972D7950F570D0A",
        Convert.ToHexString(new DatagramKey("u7Kq2", Key).Seal(1, "SET 1 ~/ep/pager/status val=online lease=120 default=offline\r\n")));
}
