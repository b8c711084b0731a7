using System.Buffers.Text;
using Presence.Model.Access;

namespace Presence.Model.Tests.Access;

public sealed class PassphraseVerifierTests
{
    private static readonly byte[] Salt = Base64Url.DecodeFromChars("MDEyMzQ1Njc4OTo7PD0-Pw");

    /// <summary>The vector of worked exchange E18.</summary>
    [Theory]
    [InlineData("sesam öffne dich")]
    [InlineData("sesam o\u0308ffne dich")]
    public void The_proof_of_E18_comes_out_however_the_passphrase_is_composed(string passphrase) => Assert.Equal(
        "2hk5ldJq6EhxDdzvwVmHTCoRsGhUXiSQ0D33VWnN0Yo",
        Base64Url.EncodeToString(PassphraseVerifier.Derive("diary", passphrase, Salt)
            .Prove("Jx2b7Qw0aZ", "alice@a.example", "GET", "bob@b.example/diary")));

    [Fact]
    public void A_proof_holds_for_its_nonce_requester_verb_and_target_only()
    {
        var verifier = PassphraseVerifier.Derive("diary", "sesam", Salt);
        var proof = verifier.Prove("n1", "alice@a.example", "GET", "bob@b.example/diary");
        Assert.True(verifier.Accepts(proof, "n1", "alice@a.example", "GET", "bob@b.example/diary"));
        Assert.False(verifier.Accepts(proof, "n2", "alice@a.example", "GET", "bob@b.example/diary"));
        Assert.False(verifier.Accepts(proof, "n1", "carol@a.example", "GET", "bob@b.example/diary"));
        Assert.False(verifier.Accepts(proof, "n1", "alice@a.example", "SUB", "bob@b.example/diary"));
        Assert.False(verifier.Accepts(proof, "n1", "alice@a.example", "GET", "bob@b.example/note"));
        Assert.False(verifier.Accepts(proof.AsSpan(1), "n1", "alice@a.example", "GET", "bob@b.example/diary"));
    }
}
