using Presence.Sessions.Authentication;
using Presence.Sessions.Transport;

namespace Presence.Sessions.Tests.Authentication;

public sealed class SaslDialogueTests
{
    private static readonly TlsFacts Tls = new("a.example", "0304", new byte[32]);

    [Fact]
    public void Only_logins_that_are_bound_to_TLS_are_offered_where_the_operator_wants_no_others() => Assert.Equal(
        "SCRAM-SHA-256-PLUS", new SaslDialogue(Tls, allowsPlain: true, allowsBearer: true, onlyBound: true).Offer.AuthValue);

    [Fact]
    public void Where_nothing_can_be_bound_the_password_is_at_least_not_sent() => Assert.Equal(
        "SCRAM-SHA-256", new SaslDialogue(null, allowsPlain: false, allowsBearer: false, onlyBound: true).Offer.AuthValue);

    [Fact]
    public void Otherwise_the_stronger_stand_first() => Assert.Equal(
        "SCRAM-SHA-256-PLUS,SCRAM-SHA-256,PLAIN,OAUTHBEARER",
        new SaslDialogue(Tls, allowsPlain: true, allowsBearer: true).Offer.AuthValue);
}
