using System.Runtime;
using Presence.Gateway.Hosting;

namespace Presence.Gateway.Tests.Hosting;

public sealed class CollectingTests : IDisposable
{
    private readonly GCLatencyMode _before = GCSettings.LatencyMode;

    public CollectingTests() => GCSettings.LatencyMode = GCLatencyMode.Interactive;

    public void Dispose() => GCSettings.LatencyMode = _before;

    [Theory]
    [InlineData(1, GCLatencyMode.Batch)]
    [InlineData(2, GCLatencyMode.Interactive)]
    [InlineData(16, GCLatencyMode.Interactive)]
    public void Garbage_is_collected_at_once_where_there_is_one_core(int cores, GCLatencyMode mode)
    {
        Collecting.AtOnceOnOneCore(cores);

        Assert.Equal(mode, GCSettings.LatencyMode);
    }
}
