using Presence.Model.Addresses;
using Presence.Transports.Certificates;

namespace Presence.Transports.Tests.Certificates;

public sealed class CertificatePinTests
{
    private const string Digits = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("sha-256:" + Digits + " alice@a.example")]
    [InlineData("SHA-256:" + Digits + "   alice@A.example")]
    [InlineData("sha-256:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF alice@a.example")]
    public void A_pin_is_read_as_tools_print_it(string line)
    {
        Assert.True(CertificatePin.TryParse(line, out var pin));
        Assert.Equal(new CertificatePin(Digits, Address.Parse("alice@a.example")), pin);
    }

    [Theory]
    [InlineData("")]
    [InlineData(Digits + " alice@a.example")]
    [InlineData("sha-256:0123 alice@a.example")]
    [InlineData("sha-256:" + Digits)]
    [InlineData("sha-256:" + Digits + " a.example")]
    [InlineData("sha-256:" + Digits + " alice@a.example more")]
    public void Anything_else_is_no_pin(string line) => Assert.False(CertificatePin.TryParse(line, out _));
}
