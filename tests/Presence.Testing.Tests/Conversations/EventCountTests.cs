using Presence.Testing.Conversations;
using Presence.Testing.Wire;

namespace Presence.Testing.Tests.Conversations;

public sealed class EventCountTests
{
    private readonly EventCount _count = new();

    [Fact]
    public void Numbers_go_up_by_one_or_declare_the_gap()
    {
        Check("NOTIFY #3 a");
        Check("200 5 ok");
        Check("MSG #4 ~");
        Check("NOTIFY #7 a prev=4");
        Check("NOTIFY #9 a prev=5");
        Check("NOTIFY #10 a");
    }

    [Theory]
    [InlineData("NOTIFY #1 a")]
    [InlineData("NOTIFY #3 a")]
    [InlineData("NOTIFY #5 a")]
    [InlineData("NOTIFY #5 a prev=4")]
    [InlineData("NOTIFY #x a")]
    [InlineData("NOTIFY #4 a prev=x")]
    public void Anything_else_is_a_fault(string line)
    {
        Check("NOTIFY #3 a");

        Assert.Throws<WireException>(() => Check(line));
    }

    private void Check(string line) => _count.Check(WireLine.Parse(line));
}
