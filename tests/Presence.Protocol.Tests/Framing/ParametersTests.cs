using Presence.Protocol.Framing;

namespace Presence.Protocol.Tests.Framing;

public sealed class ParametersTests
{
    [Fact]
    public void An_empty_value_differs_from_an_absent_parameter()
    {
        var parameters = Wire.Frame("SET 1 ~ note=\r\n").Parameters;

        Assert.Equal("", parameters["note"]);
        Assert.Null(parameters["val"]);
        Assert.True(parameters.Has("note"));
        Assert.False(parameters.TryGet("val", out _));
    }

    [Fact]
    public void They_keep_their_order_and_marks() =>
        Assert.Equal([new Parameter("b", "1", true), new Parameter("a", "2", false)],
            Wire.Frame("SET 1 ~ !b=1 a=2\r\n").Parameters.AsEnumerable());

    [Fact]
    public void None_is_an_empty_list()
    {
        var none = default(Parameters);

        Assert.Empty(none.AsEnumerable());
        Assert.Null(none.FirstCriticalNotIn([]));
        Assert.Equal(none, Wire.Frame("PING 1\r\n").Parameters);
    }
}
