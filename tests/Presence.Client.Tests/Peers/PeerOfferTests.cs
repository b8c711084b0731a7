using System.Collections.Immutable;
using System.Net;
using System.Text;
using Presence.Client.Peers;

namespace Presence.Client.Tests.Peers;

public sealed class PeerOfferTests
{
    private const string Print = "sha-256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Fact]
    public void An_offer_reads_back_as_it_was_written()
    {
        var offer = new PeerOffer([IPEndPoint.Parse("192.0.2.7:49152"), IPEndPoint.Parse("[2001:db8::7]:443")], Print);

        var text = Encoding.UTF8.GetString(offer.Write().Span);
        var read = PeerOffer.Read(offer.Write().Span);

        Assert.Equal($"pip://192.0.2.7:49152 fp={Print}\r\npip://[2001:db8::7]:443 fp={Print}\r\n", text);
        Assert.NotNull(read);
        Assert.Equal(offer.Candidates, read.Candidates.AsEnumerable());
        Assert.Equal(Print, read.Fingerprint);
    }

    [Theory]
    [InlineData("")]
    [InlineData("pip://192.0.2.7:49152")]
    [InlineData("pip://192.0.2.7:49152 fp=sha-1:0123456789abcdef")]
    [InlineData("pip://192.0.2.7:49152 fp=sha-256:XYZ")]
    [InlineData("pip://192.0.2.7:0 fp=" + Print)]
    [InlineData("pip://192.0.2.7 fp=" + Print)]
    [InlineData("pip://host.example:7750 fp=" + Print)]
    [InlineData("pip://0.0.0.0:7750 fp=" + Print)]
    [InlineData("pip://224.0.0.1:7750 fp=" + Print)]
    [InlineData("pip://255.255.255.255:7750 fp=" + Print)]
    [InlineData("pip://[ff02::1]:7750 fp=" + Print)]
    [InlineData("pip://[::]:7750 fp=" + Print)]
    [InlineData("pip://7:7750 fp=" + Print)]
    [InlineData("http://192.0.2.7:80 fp=" + Print)]
    public void What_names_no_machine_or_no_certificate_is_no_offer(string line) =>
        Assert.Null(PeerOffer.Read(Encoding.UTF8.GetBytes(line + "\r\n")));

    [Fact]
    public void All_candidates_must_show_the_same_certificate()
    {
        var other = Print.Replace('0', 'f');

        Assert.Null(PeerOffer.Read(Encoding.UTF8.GetBytes(
            $"pip://192.0.2.7:49152 fp={Print}\r\npip://192.0.2.8:49152 fp={other}\r\n")));
    }

    [Fact]
    public void More_than_sixteen_candidates_are_not_read()
    {
        var many = Enumerable.Repeat(IPEndPoint.Parse("192.0.2.7:49152"), 17).ToImmutableArray();

        Assert.Null(PeerOffer.Read(new PeerOffer(many, Print).Write().Span));
        Assert.NotNull(PeerOffer.Read(new PeerOffer(many[1..], Print).Write().Span));
    }
}
