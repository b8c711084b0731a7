using Presence.Protocol.Sasl;

namespace Presence.Protocol.Tests.Sasl;

public class SaslOfferTests
{
    [Fact]
    [Trait("Conformance", "AUT-07")]
    public void The_hash_of_the_lists_of_E1_is_that_of_E1()
    {
        Assert.True(SaslOffer.TryParse(E1Vector.Auth, "tls-server-end-point", out var offer));
        Assert.Equal(E1Vector.OfferHash, offer.Hash());
        Assert.Equal(E1Vector.OfferHash, E1Vector.Offer.Hash());
    }

    [Theory]
    [InlineData("SCRAM-SHA-256,PLAIN,EXTERNAL,OAUTHBEARER", "tls-server-end-point")]
    [InlineData("SCRAM-SHA-256-PLUS,SCRAM-SHA-256,PLAIN,EXTERNAL,OAUTHBEARER", null)]
    [InlineData("SCRAM-SHA-256-PLUS,SCRAM-SHA-256,PLAIN,EXTERNAL,OAUTHBEARER", "tls-exporter")]
    [InlineData("SCRAM-SHA-256-PLUS,SCRAM-SHA-256,PLAIN,EXTERNAL,OAUTHBEARER,NEW", "tls-server-end-point")]
    [Trait("Conformance", "AUT-07")]
    public void Any_change_to_a_list_changes_the_hash(string auth, string? cb)
    {
        Assert.True(SaslOffer.TryParse(auth, cb, out var offer));
        Assert.NotEqual(E1Vector.OfferHash, offer.Hash());
    }

    [Fact]
    public void The_order_of_the_lists_does_not_change_the_hash()
    {
        Assert.True(SaslOffer.TryParse("B,A", "y,x", out var one));
        Assert.True(SaslOffer.TryParse("A,B", "x,y", out var other));
        Assert.Equal(one.Hash(), other.Hash());
    }

    [Fact]
    public void A_list_is_written_as_it_was_given()
    {
        Assert.Equal(E1Vector.Auth, E1Vector.Offer.AuthValue);
        Assert.Equal("tls-server-end-point", E1Vector.Offer.CbValue);
        Assert.Null(SaslOffer.Of([SaslMechanism.Plain], []).CbValue);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("A,,B", null)]
    [InlineData("plain", null)]
    [InlineData("A\u001EB", null)]
    [InlineData("A-NAME-OF-TWENTY-ONE-", null)]
    [InlineData("A", "x\u001Fy")]
    [InlineData("A", "x,")]
    public void Names_that_no_registry_could_hold_are_refused(string auth, string? cb)
    {
        Assert.False(SaslOffer.TryParse(auth, cb, out var offer));
        Assert.Null(offer);
    }

    [Fact]
    public void An_endless_list_is_refused() =>
        Assert.False(SaslOffer.TryParse(string.Join(',', Enumerable.Repeat("A", 65)), null, out _));

    [Fact]
    public void Every_mechanism_is_found_by_its_wire_name()
    {
        foreach (var mechanism in Enum.GetValues<SaslMechanism>())
        {
            Assert.True(SaslMechanisms.TryParse(mechanism.WireName(), out var found));
            Assert.Equal(mechanism, found);
        }

        Assert.False(SaslMechanisms.TryParse("SCRAM-SHA-1", out _));
        Assert.False(SaslMechanisms.TryParse("plain", out _));
    }
}
