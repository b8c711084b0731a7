using System.Text;
using Presence.Client.Connections;

namespace Presence.Process.Tests.Peers;

/// <summary>The first line of every frame that a connection carried.</summary>
internal sealed class WireLog
{
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lock)
                return [.. _lines];
        }
    }

    public void Take(WireDirection direction, ReadOnlyMemory<byte> octets)
    {
        lock (_lock)
            _lines.Add(Encoding.UTF8.GetString(octets.Span).Split('\r')[0]);
    }
}
