using System.Text;
using Presence.Protocol.Sasl;

namespace Presence.Protocol.Tests.Sasl;

public class ScramClientExchangeTests
{
    private const string Nonce = "r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j";
    private const string Salt = "s=EBESExQVFhcYGRobHB0eHw==";

    [Theory]
    [InlineData("SCRAM-SHA-256,PLAIN,EXTERNAL,OAUTHBEARER", "tls-server-end-point")]
    [InlineData("SCRAM-SHA-256-PLUS,SCRAM-SHA-256,PLAIN,EXTERNAL,OAUTHBEARER", "x-weak,tls-server-end-point")]
    [Trait("Conformance", "AUT-07")]
    public void Lists_changed_on_the_way_make_the_client_abort(string auth, string cb)
    {
        Assert.True(SaslOffer.TryParse(auth, cb, out var seen));
        var client = Started(E1Vector.Client(offer: seen));
        Assert.Equal(SaslFailure.Downgraded, client.ClientFinal(E1Vector.ServerFirst).Reason());
    }

    [Theory]
    [InlineData(TlsVersion.Tls12)]
    [InlineData(null)]
    [Trait("Conformance", "AUT-07")]
    public void Another_tls_version_makes_the_client_abort(string? own) =>
        Assert.Equal(
            SaslFailure.Downgraded,
            Started(E1Vector.Client(tlsVersion: own)).ClientFinal(E1Vector.ServerFirst).Reason());

    [Fact]
    [Trait("Conformance", "AUT-07")]
    public void Taking_the_guards_out_on_the_way_breaks_the_proof()
    {
        var server = E1Vector.Server();
        var client = E1Vector.Client();
        server.Step1(client.ClientFirst());
        var challenge = server.ServerFirst(E1Vector.Verifier).Text();
        var cut = challenge[..challenge.IndexOf(",h=", StringComparison.Ordinal)];
        Assert.Equal(SaslFailure.ProofMismatch, server.Step2(client.ClientFinal(cut).Text()).Reason());
    }

    [Fact]
    [Trait("Conformance", "AUT-06")]
    public void A_client_that_saw_no_plus_says_so_and_is_refused_if_there_was_one()
    {
        Assert.True(SaslOffer.TryParse("SCRAM-SHA-256", null, out var cut));
        var client = E1Vector.Client(SaslMechanism.ScramSha256, cut);
        Assert.StartsWith("y,,", Encoding.UTF8.GetString(client.ClientFirst()), StringComparison.Ordinal);
        var server = new ScramServerExchange(E1Vector.ServerSettings(SaslMechanism.ScramSha256));
        Assert.Equal(SaslFailure.Downgraded, server.Step1(client.ClientFirst()).Reason());
    }

    [Fact]
    public void A_client_that_leaves_plus_aside_says_n()
    {
        var client = E1Vector.Client(SaslMechanism.ScramSha256);
        Assert.StartsWith("n,,", Encoding.UTF8.GetString(client.ClientFirst()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("r=evil3rfcNHYJY1ZVvWVs7j," + Salt + ",i=10000", SaslFailure.NonceMismatch)]
    [InlineData("r=fyko+d2lbbFgONRv9qkxdawL," + Salt + ",i=10000", SaslFailure.NonceMismatch)]
    [InlineData(Nonce + "," + Salt + ",i=4095", SaslFailure.IterationsOutOfRange)]
    [InlineData(Nonce + "," + Salt + ",i=1000001", SaslFailure.IterationsOutOfRange)]
    [InlineData(Nonce + "," + Salt + ",i=99999999999", SaslFailure.Malformed)]
    [InlineData(Nonce + "," + Salt + ",i=010000", SaslFailure.Malformed)]
    [InlineData(Nonce + "," + Salt + ",i=-1", SaslFailure.Malformed)]
    [InlineData(Nonce + ",s=????,i=10000", SaslFailure.Malformed)]
    [InlineData(Nonce + ",s=EBESExQVFhcYGRobHB0eHx==,i=10000", SaslFailure.Malformed)]
    [InlineData(Nonce + "," + Salt + ",i=10000,h=AAAA,h=BBBB", SaslFailure.Malformed)]
    [InlineData("m=must," + Nonce + "," + Salt + ",i=10000", SaslFailure.UnknownExtension)]
    [InlineData("e=unknown-user", SaslFailure.ServerRefused)]
    [InlineData("", SaslFailure.Malformed)]
    public void A_bad_server_first_makes_the_client_abort(string serverFirst, SaslFailure expected) =>
        Assert.Equal(expected, Started(E1Vector.Client()).ClientFinal(serverFirst).Reason());

    [Theory]
    [InlineData("v=2viaXOhTnR9ifOweyB5jNf7hv599gW0fEmdX4wMuGrM=", SaslFailure.ServerSignatureMismatch)]
    [InlineData("v=AAAA", SaslFailure.ServerSignatureMismatch)]
    [InlineData("v=!", SaslFailure.ServerSignatureMismatch)]
    [InlineData("e=other-error", SaslFailure.ServerRefused)]
    [InlineData("v=", SaslFailure.Malformed)]
    [InlineData("", SaslFailure.Malformed)]
    public void A_server_that_cannot_sign_is_not_believed(string serverFinal, SaslFailure expected)
    {
        var client = Started(E1Vector.Client());
        client.ClientFinal(E1Vector.ServerFirst);
        Assert.Equal(expected, client.Verify(serverFinal).Reason());
        Assert.Equal(SaslFailure.OutOfOrder, client.Verify(E1Vector.ServerFinal).Reason());
    }

    [Fact]
    public void Steps_out_of_order_fail()
    {
        var client = E1Vector.Client();
        Assert.Equal(SaslFailure.OutOfOrder, client.ClientFinal(E1Vector.ServerFirst).Reason());
        Assert.Equal(SaslFailure.OutOfOrder, client.Verify(E1Vector.ServerFinal).Reason());
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    public void A_name_that_scram_cannot_carry_is_refused(string username) =>
        Assert.Throws<ArgumentException>(() => new ScramClientExchange(
            new(E1Vector.Offer, SaslMechanism.ScramSha256, username, "pencil")));

    private static ScramClientExchange Started(ScramClientExchange client)
    {
        client.ClientFirst();
        return client;
    }
}
