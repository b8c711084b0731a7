using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Presence.Bench.Limit;

/// <summary>
/// The least that a server must do: the same octets to the same sockets, found in two dictionaries. No rules, no
/// storage, no actors. What it reaches is the limit of machine and generator; with its damage it proves that the
/// generator notices.
/// </summary>
/// <param name="damage">What happens to copies on their way.</param>
internal sealed class LimitServer(Damage damage) : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly SocketAsyncEventArgs _accept = new();
    private readonly ConcurrentBag<LimitLink> _links = [];

    public Damage Damage { get; } = damage;

    /// <summary>Bound links by user.</summary>
    public ConcurrentDictionary<string, LimitLink> Bound { get; } = new(StringComparer.Ordinal);

    /// <summary>Watchers by node.</summary>
    public ConcurrentDictionary<string, LimitAudience> Audiences { get; } = new(StringComparer.Ordinal);

    /// <summary>Members by group.</summary>
    public ConcurrentDictionary<string, LimitAudience> Groups { get; } = new(StringComparer.Ordinal);

    /// <summary>Listens on loopback.</summary>
    /// <param name="port">0 takes a free one.</param>
    public IPEndPoint Start(int port)
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
        _listener.Listen(1024);
        _accept.Completed += (_, _) => Continue();
        Accept();
        return (IPEndPoint)_listener.LocalEndPoint!;
    }

    public void Dispose()
    {
        _listener.Dispose();
        foreach (var link in _links)
            link.Dispose();
        _accept.Dispose();
    }

    private void Continue()
    {
        try
        {
            if (Accepted())
                Accept();
        }
        catch (ObjectDisposedException)
        {
            // The end.
        }
    }

    private void Accept()
    {
        do
            _accept.AcceptSocket = null;
        while (!_listener.AcceptAsync(_accept) && Accepted());
    }

    private bool Accepted()
    {
        if (_accept.SocketError != SocketError.Success || _accept.AcceptSocket is not { } socket)
            return false;
        var link = new LimitLink(this, socket);
        _links.Add(link);
        link.Start();
        return true;
    }
}
