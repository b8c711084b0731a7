using System.Text;
using Presence.Model.Accounts;
using Presence.Protocol.Sasl;

namespace Presence.Protocol.Tests.Sasl;

public class ScramVectorTests
{
    private const string ClientNonce = "rOprNGfwEbeRWgbNEkqO";
    private const string ServerNonce = "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
    private const string ClientFirst = "n,,n=user,r=rOprNGfwEbeRWgbNEkqO";

    private const string ServerFirst =
        "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";

    private const string ClientFinal =
        "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";

    private const string ServerFinal = "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=";

    private static readonly SaslOffer ScramOnly = SaslOffer.Of([SaslMechanism.ScramSha256], []);

    [Fact]
    [Trait("Conformance", "AUT-01")]
    public void The_server_speaks_the_rfc_7677_example_to_the_letter()
    {
        var server = new ScramServerExchange(new(ScramOnly, SaslMechanism.ScramSha256)
        {
            SendsOfferHash = false,
            NonceSource = () => ServerNonce,
        });
        var verifier = ScramVerifier.Derive("pencil", Convert.FromBase64String("W22ZaJ0SNY7soEsUEjb6gQ=="), 4096);

        Assert.Equal(new SaslOutcome.VerifierWanted("user"), server.Step1(ClientFirst));
        Assert.Equal(ServerFirst, server.ServerFirst(verifier).Text());
        Assert.Equal(ServerFinal, Assert.IsType<SaslOutcome.Success>(server.Step2(ClientFinal)).Text());
    }

    [Fact]
    [Trait("Conformance", "AUT-01")]
    public void The_client_speaks_the_rfc_7677_example_to_the_letter()
    {
        var client = new ScramClientExchange(new(ScramOnly, SaslMechanism.ScramSha256, "user", "pencil")
        {
            NonceSource = () => ClientNonce,
        });

        Assert.Equal(ClientFirst, Encoding.UTF8.GetString(client.ClientFirst()));
        Assert.Equal(ClientFinal, client.ClientFinal(ServerFirst).Text());
        Assert.IsType<SaslOutcome.Success>(client.Verify(ServerFinal));
    }

    [Fact]
    [Trait("Conformance", "AUT-01")]
    public void The_server_speaks_exchange_E1_to_the_letter()
    {
        var server = E1Vector.Server();
        Assert.Equal(new SaslOutcome.VerifierWanted("alice"), server.Step1(E1Vector.ClientFirst));
        Assert.Equal(E1Vector.ServerFirst, server.ServerFirst(E1Vector.Verifier).Text());
        Assert.Equal(
            E1Vector.ServerFinal, Assert.IsType<SaslOutcome.Success>(server.Step2(E1Vector.ClientFinal)).Text());
    }

    [Fact]
    [Trait("Conformance", "AUT-01")]
    public void The_client_speaks_exchange_E1_to_the_letter()
    {
        var client = E1Vector.Client();
        Assert.Equal(E1Vector.ClientFirst, Encoding.UTF8.GetString(client.ClientFirst()));
        Assert.Equal(E1Vector.ClientFinal, client.ClientFinal(E1Vector.ServerFirst).Text());
        Assert.IsType<SaslOutcome.Success>(client.Verify(E1Vector.ServerFinal));
    }
}
