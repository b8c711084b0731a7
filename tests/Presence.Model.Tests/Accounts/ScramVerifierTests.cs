using Presence.Model.Accounts;

namespace Presence.Model.Tests.Accounts;

public class ScramVerifierTests
{
    private static readonly byte[] Salt = Convert.FromBase64String("W22ZaJ0SNY7soEsUEjb6gQ==");

    [Fact]
    public void Keys_of_the_rfc_7677_example_are_those_that_other_implementations_store()
    {
        var verifier = ScramVerifier.Derive("pencil", Salt, 4096);
        Assert.Equal("WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=", Convert.ToBase64String(verifier.StoredKey));
        Assert.Equal("wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=", Convert.ToBase64String(verifier.ServerKey));
    }

    [Fact]
    public void Only_the_right_password_matches()
    {
        var verifier = ScramVerifier.Derive("pencil", Salt, 4096);
        Assert.True(verifier.Matches("pencil"));
        Assert.False(verifier.Matches("Pencil"));
        Assert.False(verifier.Matches(string.Empty));
    }

    [Fact]
    public void Verifiers_are_equal_by_their_octets()
    {
        var one = ScramVerifier.Derive("pencil", Salt, 4096);
        var same = ScramVerifier.Derive("pencil", Salt, 4096);
        Assert.Equal(one, same);
        Assert.Equal(one.GetHashCode(), same.GetHashCode());
        Assert.NotEqual(one, ScramVerifier.Derive("pencil", Salt, 4097));
        Assert.NotEqual(one, ScramVerifier.Derive("pencils", Salt, 4096));
    }

    [Fact]
    public void The_printed_form_shows_no_key()
    {
        var verifier = ScramVerifier.Derive("pencil", Salt, 4096);
        Assert.Equal("ScramVerifier(i=4096)", verifier.ToString());
    }

    [Theory]
    [InlineData(0, 10_000)]
    [InlineData(15, 10_000)]
    [InlineData(65, 10_000)]
    [InlineData(16, 4_095)]
    [InlineData(16, 1_000_001)]
    [InlineData(16, -1)]
    public void Values_out_of_range_are_refused(int saltLength, int iterations) =>
        Assert.ThrowsAny<ArgumentException>(() => ScramVerifier.Derive("pencil", new byte[saltLength], iterations));

    [Fact]
    public void Keys_of_another_length_are_refused() =>
        Assert.Throws<ArgumentException>(() => new ScramVerifier(Salt, 10_000, new byte[32], new byte[20]));
}
