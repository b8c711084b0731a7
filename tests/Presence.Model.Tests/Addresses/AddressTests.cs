using System.Text;
using Presence.Model.Addresses;

namespace Presence.Model.Tests.Addresses;

public sealed class AddressTests
{
    [Theory]
    [Trait("Conformance", "LOC-01")]
    [InlineData("\uFF21\uFF2C\uFF29\uFF23\uFF25", "alice")]
    [InlineData("Straße", "straße")]
    [InlineData("ΟΔΟΣ", "οδοσ")]
    [InlineData("e\u0301", "é")]
    [InlineData("E\u0301", "é")]
    [InlineData("Bob", "bob")]
    [InlineData("b-o_b+x.1", "b-o_b+x.1")]
    [InlineData("\uFF76\uFF9E", "\u30AC")]
    [InlineData("한글", "한글")]
    [InlineData("\u1112\u1161\u11AB", "한")]
    [InlineData("\U00010400", "\U00010428")]
    [InlineData("שלום", "שלום")]
    [InlineData("אב1", "אב1")]
    [InlineData("I\u0307", "i\u0307")]
    public void A_local_part_is_brought_into_canonical_form(string typed, string canonical)
    {
        Assert.True(Address.TryParse(typed + "@a.example", out var address, out var fault), fault.Word);
        Assert.Equal(canonical, address.Local);
        Assert.Equal(canonical + "@a.example", address.ToString());
        Assert.Equal(address, Address.Parse(address.ToString()));
    }

    [Theory]
    [Trait("Conformance", "LOC-01")]
    [InlineData("İx", "local-character")]
    [InlineData("a\u200Db", "local-character")]
    [InlineData("a\u200Cb", "local-character")]
    [InlineData("a\u00ADb", "local-character")]
    [InlineData("a\uFE0F", "local-character")]
    [InlineData("a\u3164", "local-character")]
    [InlineData("\uFFA1", "local-character")]
    [InlineData("\u1100", "local-character")]
    [InlineData("\uFB01", "local-character")]
    [InlineData("x²", "local-character")]
    [InlineData("Ⅷ", "local-character")]
    [InlineData("☃", "local-character")]
    [InlineData("😀", "local-character")]
    [InlineData("a b", "local-character")]
    [InlineData("a/b", "local-character")]
    [InlineData("a%b", "local-character")]
    [InlineData("a\0", "local-character")]
    [InlineData("\uE000", "local-character")]
    [InlineData("\u0378", "local-character")]
    [InlineData("\uFFFE", "local-character")]
    [InlineData("a\u20DD", "local-character")]
    [InlineData("\u0661\u06F1", "local-character")]
    [InlineData("אa", "local-direction")]
    [InlineData("1א", "local-direction")]
    [InlineData("א-", "local-direction")]
    [InlineData("א\u06611", "local-direction")]
    [InlineData("a\u0661", "local-direction")]
    [InlineData(".a", "local-dots")]
    [InlineData("a.", "local-dots")]
    [InlineData("a..b", "local-dots")]
    [InlineData("a\uFF0E", "local-dots")]
    [InlineData("", "missing-local")]
    [InlineData("bob:secret", "password")]
    public void A_bad_local_part_is_refused_with_the_reason(string typed, string word)
    {
        Assert.False(Address.TryParse(typed + "@a.example", out var address, out var fault));
        Assert.Equal(word, fault.Word);
        Assert.Equal(default, address);
    }

    [Theory]
    [InlineData(null, "empty")]
    [InlineData("", "empty")]
    [InlineData("bob@", "missing-host")]
    [InlineData("@", "missing-local")]
    [InlineData("a@b@c", "many-at-signs")]
    [InlineData("bob@b.example/status", "domain-character")]
    [InlineData("~", "domain-character")]
    public void What_is_no_address_is_refused_with_the_reason(string? typed, string word)
    {
        Assert.False(Address.TryParse(typed, out _, out var fault));
        Assert.Equal(word, fault.Word);
    }

    [Theory]
    [Trait("Conformance", "LOC-02")]
    [InlineData("Bob@b.example")]
    [InlineData("bob@B.example")]
    [InlineData("bob@b.example.")]
    [InlineData("e\u0301@b.example")]
    [InlineData("bob@bücher.example")]
    public void The_canonical_parser_takes_no_other_spelling(string wire)
    {
        Assert.False(Address.TryParseCanonical(wire, out _, out var fault));
        Assert.Equal(AddressFault.NotCanonical, fault);
        Assert.True(Address.TryParse(wire, out _, out _));
    }

    [Theory]
    [InlineData(64, "a", true)]
    [InlineData(65, "a", false)]
    [InlineData(64, "é", true)]
    [InlineData(63, "\U00010428", true)]
    [InlineData(64, "\U00010428", false)]
    [InlineData(100_000, "a", false)]
    [InlineData(400, "é", false)]
    public void A_local_part_ends_at_64_code_points_and_255_octets(int count, string unit, bool good)
    {
        var local = string.Concat(Enumerable.Repeat(unit, count));
        Assert.Equal(good, Address.TryParse(local + "@a.example", out _, out var fault));
        if (!good) Assert.Contains("too-long", fault.Word);
    }

    [Fact]
    public void A_bare_domain_is_the_domains_own_node()
    {
        var node = Address.Parse("B.example");
        Assert.True(node.IsDomain);
        Assert.Null(node.Local);
        Assert.Equal("b.example", node.ToString());
        Assert.Equal(Address.Of(Domain.Parse("b.example")), node);
    }

    [Fact]
    public void A_local_part_given_apart_joins_its_domain()
    {
        Assert.True(Address.TryCombine("Bob", Domain.Parse("b.example"), out var address, out _));
        Assert.Equal("bob@b.example", address.ToString());
        Assert.False(Address.TryCombine("", Domain.Parse("b.example"), out _, out var fault));
        Assert.Equal(AddressFault.MissingLocal, fault);
    }

    [Fact]
    public void Order_is_the_order_of_octets()
    {
        string[] names =
        [
            "a@b.example", "a.b@b.example", "a1@b.example", "\U00010428@b.example", "\uA500@b.example", "b.example",
            "\uFA0E@b.example", "a@a.example", "é@b.example", "a", "a@b.example2", "1@b.example",
        ];
        var byOctets = names.OrderBy(n => Convert.ToHexString(Encoding.UTF8.GetBytes(n)), StringComparer.Ordinal);
        Assert.Equal(byOctets, names.Select(Address.Parse).Order().Select(a => a.ToString()));
    }

    [Fact]
    public void The_default_value_prints_as_nothing() => Assert.Equal("", default(Address).ToString());

    [Fact]
    public void A_canonical_ascii_address_costs_two_short_strings()
    {
        const string Wire = "bob@gateway.b.example";
        _ = Address.TryParseCanonical(Wire, out _, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        _ = Address.TryParseCanonical(Wire, out _, out _);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 96);
    }
}
