using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Presence.Federation.Process.Tests.Network;

/// <summary>One host of the test's network.</summary>
/// <param name="address">Where others reach it.</param>
/// <param name="loopback">Where it reaches itself.</param>
/// <param name="networkNamespace">Its network namespace; null for that of this process.</param>
internal sealed class Place(IPAddress address, IPAddress loopback, string? networkNamespace)
{
    public IPAddress Address { get; } = address;

    public IPAddress Loopback { get; } = loopback;

    public string? Namespace { get; } = networkNamespace;

    /// <summary>The same host at the address after this one.</summary>
    public Place Next()
    {
        var octets = Address.GetAddressBytes();
        octets[^1]++;
        var next = new IPAddress(octets);
        return new Place(next, Namespace is null ? next : Loopback, Namespace);
    }

    /// <summary>The same place for a second node on one host: its ports are at another address of loopback.</summary>
    public Place Apart() => Namespace is null ? this : new Place(Address, IPAddress.Parse("127.0.0.2"), Namespace);

    /// <summary>How a program is started on this host.</summary>
    public ProcessStartInfo Command(string program, params string[] arguments)
    {
        var start = Namespace is null
            ? new ProcessStartInfo(program, arguments)
            : new ProcessStartInfo("ip", ["netns", "exec", Namespace, program, .. arguments]);
        start.UseShellExecute = false;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        return start;
    }

    /// <summary>Connects to a port of this host, as its own loopback does.</summary>
    public Task<Stream> Connect(int port, CancellationToken cancel) => Connect(new IPEndPoint(Loopback, port), cancel);

    /// <summary>Connects to a port at the address where others reach this host.</summary>
    public Task<Stream> Reach(int port, CancellationToken cancel) => Connect(new IPEndPoint(Address, port), cancel);

    private async Task<Stream> Connect(IPEndPoint end, CancellationToken cancel)
    {
        var socket = Namespace is null ? NewSocket() : await NetworkNamespace.Inside(Namespace, NewSocket);
        await socket.ConnectAsync(end, cancel);
        return new NetworkStream(socket, ownsSocket: true);
    }

    private static Socket NewSocket() =>
        new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
}
