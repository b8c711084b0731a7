using Presence.Model.Accounts;

namespace Presence.Model.Tests.Accounts;

public class UnknownAccountSaltTests
{
    private static readonly byte[] Secret = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    [Fact]
    [Trait("Conformance", "AUT-03")]
    public void The_same_name_always_gets_the_same_verifier() =>
        Assert.Equal(new UnknownAccountSalt(Secret).For("mallory"), new UnknownAccountSalt(Secret).For("mallory"));

    [Fact]
    public void Names_and_secrets_change_the_salt()
    {
        var other = new byte[32];
        var salt = new UnknownAccountSalt(Secret).For("mallory").Salt;
        Assert.NotEqual(salt, new UnknownAccountSalt(Secret).For("mallorz").Salt);
        Assert.NotEqual(salt, new UnknownAccountSalt(other).For("mallory").Salt);
    }

    [Fact]
    [Trait("Conformance", "AUT-03")]
    public void The_made_up_verifier_looks_like_one_of_a_new_account_and_matches_no_password()
    {
        var verifier = new UnknownAccountSalt(Secret).For("mallory");
        Assert.Equal(ScramVerifier.SaltLength, verifier.Salt.Length);
        Assert.Equal(ScramVerifier.DefaultIterations, verifier.Iterations);
        Assert.False(verifier.Matches("pencil"));
        Assert.False(verifier.Matches(string.Empty));
    }

    [Fact]
    public void A_short_secret_is_refused() =>
        Assert.Throws<ArgumentException>(() => new UnknownAccountSalt(new byte[31]));
}
