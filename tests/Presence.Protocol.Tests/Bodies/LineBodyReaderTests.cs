using System.Text;
using Presence.Protocol.Bodies;
using Presence.Protocol.Tests.Framing;

namespace Presence.Protocol.Tests.Bodies;

public sealed class LineBodyReaderTests
{
    [Fact]
    public void The_container_of_E4_has_three_properties()
    {
        var items = Read("kind ver=1786327800000000 val=user\r\nname ver=1786327800000000 val=Bob%20Ott\r\n"
            + "status ver=1795327812050000 val=dnd t=2026-11-22T06:10:12.050Z\r\n");

        Assert.Equal(["kind", "name", "status"], items.Select(item => item.First));
        Assert.Equal("Bob Ott", items[1].Parameters["val"]);
        Assert.Null(items[1].Second);
    }

    [Fact]
    public void An_access_list_has_three_positional_tokens()
    {
        var items = Read("allow *@a.example read,sub\nallow carol@b.example read,sub path=presence\n");

        Assert.Equal(("allow", "carol@b.example", "read,sub"), (items[1].First, items[1].Second, items[1].Third));
        Assert.Equal("presence", items[1].Parameters["path"]);
    }

    [Fact]
    public void An_empty_body_has_no_items() => Assert.Empty(Read(""));

    [Theory]
    [InlineData("a v=1")]
    [InlineData("a v=1\r")]
    [InlineData("\r\n")]
    [InlineData("a \r\n")]
    [InlineData(" a\r\n")]
    [InlineData("a  v=1\r\n")]
    [InlineData("v=1\r\n")]
    [InlineData("a b c d\r\n")]
    [InlineData("a v=1 b\r\n")]
    [InlineData("a\tb\r\n")]
    [InlineData("a\rb\r\n")]
    [InlineData("a {5}\r\n")]
    [InlineData("a}\r\n")]
    [InlineData("a%0a\r\n")]
    [InlineData("\xC3\r\n")]
    public void A_bad_line_is_named(string line) =>
        Assert.Equal(new LineBodyFault(400, "bad-request", 2), Fault("good v=1\r\n" + line));

    [Theory]
    [InlineData("a v=1 !v=2\r\n")]
    [InlineData("a v=%C0%AF\r\n")]
    [InlineData("a v=%00\r\n")]
    public void A_bad_parameter_is_named(string line) =>
        Assert.Equal(new LineBodyFault(400, "bad-request", 1, "v"), Fault(line));

    [Fact]
    public void Items_are_counted()
    {
        Assert.Equal(3, Read("a\nb\nc\n", maxItems: 3).Count);
        Assert.Equal(new LineBodyFault(431, "too-many", 4), Fault("a\nb\nc\nd\n", maxItems: 3));
    }

    [Fact]
    public void Parameters_of_an_item_are_counted() =>
        Assert.Equal(new LineBodyFault(431, "too-many", 1),
            Fault("a" + string.Concat(Enumerable.Range(0, 33).Select(n => $" p{n}=")) + "\n"));

    [Fact]
    public void A_fault_is_final()
    {
        var reader = new LineBodyReader("a \nb\n"u8, maxItems: 10);

        Assert.False(reader.TryRead(out _));
        Assert.False(reader.TryRead(out _));
        Assert.Equal(1, reader.Fault?.Line);
    }

    [Fact]
    public void Damaged_bodies_never_throw()
    {
        var random = new SeededBytes(99);
        var body = "allow *@a.example read,sub path=x%20y\r\nkind ver=1 val=Z\xFCrich\r\n"u8.ToArray();
        for (var round = 0; round < 5000; round++)
        {
            var damaged = body.ToArray();
            for (var wounds = 1 + random.Below(3); wounds > 0; wounds--)
                damaged[random.Below(damaged.Length)] = random.Octets(1)[0];

            var good = LineBodyReader.TryReadAll(damaged, 100, out var items, out var fault);
            Assert.Equal(good, fault.Code == 0);
            Assert.InRange(items.Count, 0, 10);
        }
    }

    private static IReadOnlyList<LineItem> Read(string body, int maxItems = 100)
    {
        Assert.True(LineBodyReader.TryReadAll(Encoding.Latin1.GetBytes(body), maxItems, out var items, out _));
        return items;
    }

    private static LineBodyFault Fault(string body, int maxItems = 100)
    {
        Assert.False(LineBodyReader.TryReadAll(Encoding.Latin1.GetBytes(body), maxItems, out var items, out var fault));
        Assert.Empty(items);
        return fault;
    }
}
