using Presence.Model.Accounts;
using Presence.Protocol.Sasl;

namespace Presence.Protocol.Tests.Sasl;

public class ScramRoundTripTests
{
    private const string Alphabet = "ab,=ßé@. \"'%&日";

    [Theory]
    [InlineData(1UL)]
    [InlineData(20261122UL)]
    public void Client_and_server_agree_exactly_if_the_password_is_right(ulong seed)
    {
        var any = new Generator(seed);
        for (var round = 0; round < 60; round++)
        {
            var name = any.Text(Alphabet, 1 + any.Below(40));
            var password = any.Text(Alphabet, 1 + any.Below(60));
            var isRight = any.Below(3) > 0;
            var verifier = ScramVerifier.Derive(
                isRight ? password : password + "x", any.Octets(16 + any.Below(49)), 4096 + any.Below(100));
            var mechanism = any.Below(2) == 0 ? SaslMechanism.ScramSha256 : SaslMechanism.ScramSha256Plus;
            var binding = new ChannelBinding(ServerEndPointBinding.Type, any.Octets(32 + any.Below(33)));

            var server = new ScramServerExchange(new(E1Vector.Offer, mechanism) { Binding = binding });
            var client = new ScramClientExchange(new(E1Vector.Offer, mechanism, name, password)
            {
                Binding = binding,
                AuthorizationIdentity = any.Below(2) == 0 ? name : null,
            });
            var outcome = Exchange.Run(server, client, verifier);
            Assert.True(outcome is SaslOutcome.Success == isRight, $"round {round}, '{name}': {outcome}");
        }
    }
}
