using Presence.Conformance.Wire;

namespace Presence.Conformance.Tests;

public sealed class SaltTests
{
    [Theory]
    [InlineData("SEND 1 a@b.example mid=m1 type=text/plain", "SEND 1 a@b.example mid=m1-x type=text/plain")]
    [InlineData("RECEIPT 1 a@b.example disp=displayed mid=m1", "RECEIPT 1 a@b.example disp=displayed mid=m1-x")]
    [InlineData("SEND 1 a@b.example mid=m1\r\n", "SEND 1 a@b.example mid=m1-x\r\n")]
    [InlineData("ANSWER 1 a@b.example inv=i1 code=200", "ANSWER 1 a@b.example inv=i1-x code=200")]
    [InlineData("GET 1 ~/note", "GET 1 ~/note")]
    public void Identifiers_get_an_ending(string line, string salted) => Assert.Equal(salted, Salt.Into(line, "-x"));
}
