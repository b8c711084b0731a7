using Presence.Testing.Wire;

namespace Presence.Testing.Tests.Wire;

public sealed class SealedClientTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0x40, 32).Select(octet => (byte)octet)];

    [Fact]
    public void It_seals_the_octets_of_E10() => Assert.Equal(
        "5345414C2023312075374B7132207B37387D0D0A8B027CA60DED054CAC78223EB930496C23111FF8E57EE2324F6A1ABB3857EEEDF888"
        + "0E657561E47997F9BCE1D228DD22388A6C27F932BBF5B3F7BAEB0FD2EBD22EE728E8C698FB455972D7950F570D0A",
        Convert.ToHexString(new SealedClient("u7Kq2", Key).Seal(
            "SET 1 ~/ep/pager/status val=online lease=120 default=offline\r\n")));

    [Fact]
    public void What_goes_to_the_server_does_not_open_as_if_it_came_from_there()
    {
        var client = new SealedClient("u7Kq2", Key);

        Assert.Throws<WireException>(() => client.Open(client.Seal("PING 1\r\n")));
    }

    [Fact]
    public void Numbers_go_up()
    {
        var client = new SealedClient("u7Kq2", Key);
        client.Seal("PING 1\r\n");

        Assert.StartsWith("SEAL #2 u7Kq2 {24}", System.Text.Encoding.Latin1.GetString(client.Seal("PING 1\r\n")),
            StringComparison.Ordinal);
    }
}
