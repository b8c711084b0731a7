using System.Net;
using Presence.Transports.Udp;

namespace Presence.Transports.Tests.Fakes;

/// <summary>What the node sends, without a network.</summary>
internal sealed class Wires : IDatagramSender
{
    private readonly Lock _lock = new();
    private readonly List<(byte[] Datagram, IPEndPoint To)> _sent = [];

    public int Port => 7750;

    public void Send(ReadOnlySpan<byte> datagram, IPEndPoint to)
    {
        lock (_lock)
            _sent.Add((datagram.ToArray(), to));
    }

    /// <summary>All that was sent since the last call.</summary>
    public List<(byte[] Datagram, IPEndPoint To)> Take()
    {
        lock (_lock)
        {
            var sent = _sent.ToList();
            _sent.Clear();
            return sent;
        }
    }

    /// <summary>Waits until something was sent. The session runs on threads of its own, the clock of the test stands still.</summary>
    public async Task<List<(byte[] Datagram, IPEndPoint To)>> Next()
    {
        var deadline = Deadline.Token;
        while (true)
        {
            if (Take() is { Count: > 0 } sent)
                return sent;
            deadline.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
