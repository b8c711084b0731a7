using Presence.Model.Addresses;

namespace Presence.Model.Tests.Addresses;

public sealed class DomainTests
{
    [Theory]
    [Trait("Conformance", "LOC-01")]
    [InlineData("Bücher.example", "xn--bcher-kva.example")]
    [InlineData("faß.de", "xn--fa-hia.de")]
    [InlineData("\uFF21\uFF22\uFF23.example", "abc.example")]
    [InlineData("EXAMPLE.Com.", "example.com")]
    [InlineData("xn--zzzzz.example", "xn--zzzzz.example")]
    [InlineData("XN--BCHER-KVA.example", "xn--bcher-kva.example")]
    [InlineData("bu\u0308cher.example", "xn--bcher-kva.example")]
    [InlineData("a\u3002b\uFF0Ec\uFF61d", "a.b.c.d")]
    [InlineData("ελληνικά\u3002", "xn--hxargifdar")]
    [InlineData("אב1.example", "xn--1-zhcd.example")]
    [InlineData("[2001:DB8:0:0::1]", "[2001:db8::1]")]
    [InlineData("[192.0.2.1]", "[192.0.2.1]")]
    public void A_domain_from_a_person_is_brought_into_canonical_form(string typed, string canonical)
    {
        Assert.True(Domain.TryParse(typed, out var domain, out var fault), fault.Word);
        Assert.Equal(canonical, domain.Value);
        Assert.True(Domain.TryParseCanonical(canonical, out var again, out _));
        Assert.Equal(domain, again);
    }

    [Theory]
    [Trait("Conformance", "LOC-01")]
    [InlineData("☃.example", "domain-character")]
    [InlineData("xn--n3h.example", "domain-character")]
    [InlineData("😀.example", "domain-character")]
    [InlineData("a_b.example", "domain-character")]
    [InlineData("ü_b.example", "domain-encoding")]
    [InlineData("a b.example", "domain-character")]
    [InlineData("a\0b.example", "domain-character")]
    [InlineData("", "missing-host")]
    [InlineData(null, "missing-host")]
    [InlineData(".", "domain-label")]
    [InlineData(".example", "domain-label")]
    [InlineData("a..example", "domain-label")]
    [InlineData("example..", "domain-label")]
    [InlineData("-a.example", "domain-hyphen")]
    [InlineData("a-.example", "domain-hyphen")]
    [InlineData("xn--.example", "domain-hyphen")]
    [InlineData("xn--a.example", "domain-encoding")]
    [InlineData("xn--abc-.example", "domain-hyphen")]
    [InlineData("\uFFFE.example", "domain-encoding")]
    [InlineData("a\u200Db.example", "domain-encoding")]
    [InlineData("\u0301a.example", "domain-encoding")]
    [InlineData("1אב.example", "domain-direction")]
    [InlineData("אבa.example", "domain-direction")]
    [InlineData("[::1", "ip-literal")]
    [InlineData("[]", "ip-literal")]
    [InlineData("[fe80::1%eth0]", "ip-literal")]
    [InlineData("[1.2.3]", "ip-literal")]
    [InlineData("[0x7f.0.0.1]", "ip-literal")]
    [InlineData("[017.0.0.1]", "ip-literal")]
    [InlineData("[::1]:80", "ip-literal")]
    public void What_is_no_domain_is_refused_with_the_reason(string? typed, string word)
    {
        Assert.False(Domain.TryParse(typed, out var domain, out var fault));
        Assert.Equal(word, fault.Word);
        Assert.NotEmpty(fault.Sentence);
        Assert.Equal(default, domain);
    }

    [Theory]
    [Trait("Conformance", "LOC-02")]
    [InlineData("Example.com", "not-canonical")]
    [InlineData("example.com.", "not-canonical")]
    [InlineData("bücher.example", "not-canonical")]
    [InlineData("xn--BCHER-kva.example", "not-canonical")]
    [InlineData("a\u3002b", "not-canonical")]
    [InlineData("[2001:DB8::1]", "not-canonical")]
    [InlineData("xn--n3h.example", "domain-character")]
    public void The_canonical_parser_takes_no_other_spelling(string wire, string word)
    {
        Assert.False(Domain.TryParseCanonical(wire, out _, out var fault));
        Assert.Equal(word, fault.Word);
    }

    [Fact]
    public void Labels_end_at_63_octets_and_names_at_253()
    {
        var label = new string('a', 63);
        var longest = $"{label}.{label}.{label}.{new string('b', 61)}";
        Assert.Equal(253, Domain.Parse(longest).Value.Length);
        Assert.Equal(longest, Domain.Parse(longest + ".").Value);
        Assert.Equal("domain-too-long", FaultOf(longest + "b"));
        Assert.Equal("domain-too-long", FaultOf(label + "a.example"));
        Assert.Equal("domain-too-long", FaultOf(new string('ü', 100_000)));
    }

    [Fact]
    public void The_default_value_prints_as_nothing()
    {
        Assert.Equal("", default(Domain).ToString());
        Assert.False(default(Domain).IsIpLiteral);
        Assert.Equal(0, default(Domain).CompareTo(default));
    }

    private static string FaultOf(string typed)
    {
        _ = Domain.TryParse(typed, out _, out var fault);
        return fault.Word;
    }
}
