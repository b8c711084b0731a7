using Presence.Model.Accounts;
using Presence.Protocol.Sasl;

namespace Presence.Protocol.Tests.Sasl;

public class ScramServerExchangeTests
{
    private static readonly SaslOffer WithoutPlus = SaslOffer.Of([SaslMechanism.ScramSha256], []);

    private static readonly UnknownAccountSalt Unknown = new(new byte[32]);

    [Fact]
    [Trait("Conformance", "AUT-02")]
    public void A_wrong_proof_fails()
    {
        var outcome = Exchange.Run(E1Vector.Server(), E1Vector.Client(password: "pencils"), E1Vector.Verifier);
        Assert.Equal(SaslFailure.ProofMismatch, outcome.Reason());
    }

    [Fact]
    [Trait("Conformance", "AUT-03")]
    public void An_unknown_account_and_a_wrong_password_fail_alike()
    {
        var wrong = Exchange.Run(E1Vector.Server(), E1Vector.Client(password: "pencils"), E1Vector.Verifier);
        var unknown = Exchange.Run(E1Vector.Server(), E1Vector.Client(), Unknown.For("alice"));
        Assert.Equal(wrong, unknown);
    }

    [Fact]
    [Trait("Conformance", "AUT-03")]
    public void An_unknown_account_gets_a_challenge_of_the_same_shape_and_each_time_the_same_salt()
    {
        var first = Challenge(Unknown.For("alice"));
        Assert.Equal(first, Challenge(Unknown.For("alice")));
        Assert.Equal(E1Vector.ServerFirst.Length, first.Length);
        Assert.NotEqual(E1Vector.ServerFirst, first);
    }

    [Fact]
    [Trait("Conformance", "AUT-05")]
    public void Plus_with_the_binding_of_another_connection_fails()
    {
        var elsewhere = new ChannelBinding(ServerEndPointBinding.Type, new byte[32]);
        var outcome = Exchange.Run(E1Vector.Server(), E1Vector.Client(binding: elsewhere), E1Vector.Verifier);
        Assert.Equal(SaslFailure.ChannelBindingMismatch, outcome.Reason());
    }

    [Theory]
    [InlineData("n,,n=alice,r=abc")]
    [InlineData("y,,n=alice,r=abc")]
    [InlineData("p=tls-unique,,n=alice,r=abc")]
    [Trait("Conformance", "AUT-05")]
    public void Plus_without_an_offered_binding_fails(string clientFirst) =>
        Assert.Equal(SaslFailure.ChannelBindingUnsupported, E1Vector.Server().Step1(clientFirst).Reason());

    [Fact]
    public void Plus_fails_if_the_server_has_no_binding_data()
    {
        var server = new ScramServerExchange(new(E1Vector.Offer, SaslMechanism.ScramSha256Plus));
        Assert.Equal(SaslFailure.ChannelBindingUnsupported, server.Step1(E1Vector.ClientFirst).Reason());
    }

    [Fact]
    [Trait("Conformance", "AUT-06")]
    public void Flag_y_fails_if_the_server_listed_plus()
    {
        var server = new ScramServerExchange(E1Vector.ServerSettings(SaslMechanism.ScramSha256));
        Assert.Equal(SaslFailure.Downgraded, server.Step1("y,,n=alice,r=abc").Reason());
    }

    [Fact]
    public void Flag_y_passes_if_the_server_did_not_list_plus()
    {
        var server = new ScramServerExchange(E1Vector.ServerSettings(SaslMechanism.ScramSha256, WithoutPlus));
        Assert.Equal(new SaslOutcome.VerifierWanted("alice"), server.Step1("y,,n=alice,r=abc"));
    }

    [Fact]
    public void Flag_p_fails_without_plus()
    {
        var server = new ScramServerExchange(E1Vector.ServerSettings(SaslMechanism.ScramSha256));
        Assert.Equal(SaslFailure.ChannelBindingUnsupported, server.Step1(E1Vector.ClientFirst).Reason());
    }

    [Fact]
    public void A_mechanism_that_was_not_offered_fails()
    {
        var server = new ScramServerExchange(E1Vector.ServerSettings(SaslMechanism.ScramSha256Plus, WithoutPlus));
        Assert.Equal(SaslFailure.MechanismNotOffered, server.Step1(E1Vector.ClientFirst).Reason());
    }

    [Theory]
    [InlineData("n,,n=alice@a.example,r=abc", "alice@a.example")]
    [InlineData("n,,n=a=2Cb=3Dc,r=abc", "a,b=c")]
    [InlineData("n,,n=ålice,r=abc,x=ignored", "ålice")]
    [InlineData("n,a=alice,n=alice,r=abc", "alice")]
    public void The_name_is_handed_on_as_given(string clientFirst, string expected) =>
        Assert.Equal(new SaslOutcome.VerifierWanted(expected), Plain().Step1(clientFirst));

    [Fact]
    public void Nobody_acts_as_another_user() =>
        Assert.Equal(SaslFailure.AuthorizationIdentity, Plain().Step1("n,a=bob,n=alice,r=abc").Reason());

    [Fact]
    public void The_caller_decides_which_spellings_are_the_same_user()
    {
        var server = new ScramServerExchange(new(E1Vector.Offer, SaslMechanism.ScramSha256)
        {
            IsSameUser = (other, user) => other == user + "@a.example",
        });
        Assert.IsType<SaslOutcome.VerifierWanted>(server.Step1("n,a=alice@a.example,n=alice,r=abc"));
    }

    [Theory]
    [InlineData("r=other,", SaslFailure.NonceMismatch)]
    [InlineData("r=fyko+d2lbbFgONRv9qkxdawL,", SaslFailure.NonceMismatch)]
    [InlineData("r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,x=added,", SaslFailure.ProofMismatch)]
    public void A_changed_client_final_fails(string nonceAndMore, SaslFailure expected)
    {
        var server = E1Vector.Server();
        server.Step1(E1Vector.ClientFirst);
        server.ServerFirst(E1Vector.Verifier);
        var changed = E1Vector.ClientFinal.Replace(
            "r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,", nonceAndMore, StringComparison.Ordinal);
        Assert.Equal(expected, server.Step2(changed).Reason());
    }

    [Fact]
    public void Steps_out_of_order_fail_and_end_the_exchange()
    {
        var server = E1Vector.Server();
        Assert.Equal(SaslFailure.OutOfOrder, server.Step2(E1Vector.ClientFinal).Reason());
        Assert.Equal(SaslFailure.OutOfOrder, server.Step1(E1Vector.ClientFirst).Reason());
        Assert.Equal(SaslFailure.OutOfOrder, server.ServerFirst(E1Vector.Verifier).Reason());
    }

    [Fact]
    public void A_proof_is_taken_once()
    {
        var server = E1Vector.Server();
        server.Step1(E1Vector.ClientFirst);
        server.ServerFirst(E1Vector.Verifier);
        Assert.IsType<SaslOutcome.Success>(server.Step2(E1Vector.ClientFinal));
        Assert.Equal(SaslFailure.OutOfOrder, server.Step2(E1Vector.ClientFinal).Reason());
    }

    private static ScramServerExchange Plain() => new(E1Vector.ServerSettings(SaslMechanism.ScramSha256));

    private static string Challenge(ScramVerifier verifier)
    {
        var server = E1Vector.Server();
        server.Step1(E1Vector.ClientFirst);
        return server.ServerFirst(verifier).Text();
    }
}
