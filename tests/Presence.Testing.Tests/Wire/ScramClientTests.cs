using Presence.Testing.Wire;

namespace Presence.Testing.Tests.Wire;

public sealed class ScramClientTests
{
    private const string ServerFirst =
        "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";

    private readonly ScramClient _client = new("user", "pencil", "rOprNGfwEbeRWgbNEkqO");

    [Fact]
    [Trait("Conformance", "AUT-01")]
    public void It_passes_the_vector_of_RFC_7677()
    {
        Assert.Equal("n,,n=user,r=rOprNGfwEbeRWgbNEkqO", _client.ClientFirst);
        Assert.Equal(
            "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
            + "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
            _client.ClientFinal(ServerFirst));
        Assert.True(_client.Proves("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="));
    }

    [Theory]
    [InlineData("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G8=")]
    [InlineData("e=other-error")]
    public void A_server_that_does_not_know_the_password_is_noticed(string serverFinal)
    {
        _client.ClientFinal(ServerFirst);

        Assert.False(_client.Proves(serverFinal));
    }

    [Theory]
    [InlineData("r=somebodyElse,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096")]
    [InlineData("r=rOprNGfwEbeRWgbNEkqO,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096")]
    [InlineData("r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=0")]
    [InlineData("r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=999999999")]
    [InlineData("r=rOprNGfwEbeRWgbNEkqOx,i=4096")]
    public void A_bad_challenge_is_not_answered(string serverFirst) =>
        Assert.Throws<WireException>(() => _client.ClientFinal(serverFirst));

    [Fact]
    public void Commas_and_equals_signs_of_a_name_are_escaped() =>
        Assert.Equal("y,,n=a=2Cb=3Dc,r=x", new ScramClient("a,b=c", "", "x", 'y').ClientFirst);
}
