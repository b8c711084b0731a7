using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Presence.Locating.Dns;

/// <summary>One question to one server: a datagram, and a connection if the answer does not fit into one.</summary>
internal static class DnsExchange
{
    /// <summary>The response to the question.</summary>
    /// <exception cref="DnsFormatException">The response is damaged.</exception>
    /// <exception cref="SocketException">The server cannot be reached.</exception>
    /// <exception cref="IOException">The connection was lost.</exception>
    public static async Task<DnsMessage> Ask(
        IPEndPoint server, DnsQuestion question, bool isExtended, CancellationToken cancellationToken)
    {
        var message = await OverUdp(server, question, isExtended, cancellationToken);
        return message.IsTruncated ? await OverTcp(server, question, isExtended, cancellationToken) : message;
    }

    private static async Task<DnsMessage> OverUdp(
        IPEndPoint server, DnsQuestion question, bool isExtended, CancellationToken cancellationToken)
    {
        // A port of its own for each question, and only datagrams of this server: a forger has to guess port and id.
        using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(server, cancellationToken);
        var id = NewId();
        await socket.SendAsync(question.Write(id, isExtended), cancellationToken);
        // One octet more than we take, so that what is cut off by the system is seen.
        var buffer = new byte[DnsQuestion.DatagramSize + 1];
        while (true)
        {
            var count = await socket.ReceiveAsync(buffer, cancellationToken);
            if (count > DnsQuestion.DatagramSize)
                continue;
            // What is no answer to the question is somebody's guess: the right one may still come.
            if (DnsMessage.Read(buffer[..count], id, question) is { } message)
                return message;
        }
    }

    private static async Task<DnsMessage> OverTcp(
        IPEndPoint server, DnsQuestion question, bool isExtended, CancellationToken cancellationToken)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server, cancellationToken);
        await using var stream = new NetworkStream(socket, ownsSocket: false);
        var id = NewId();
        await stream.WriteAsync(WithLength(question.Write(id, isExtended)), cancellationToken);
        var length = new byte[2];
        await stream.ReadExactlyAsync(length, cancellationToken);
        var octets = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
        await stream.ReadExactlyAsync(octets, cancellationToken);
        var message = DnsMessage.Read(octets, id, question)
            ?? throw new DnsFormatException("it answers another question");
        return message.IsTruncated ? throw new DnsFormatException("it is cut off") : message;
    }

    private static byte[] WithLength(byte[] query)
    {
        var octets = new byte[query.Length + 2];
        BinaryPrimitives.WriteUInt16BigEndian(octets, (ushort)query.Length);
        query.CopyTo(octets, 2);
        return octets;
    }

    private static ushort NewId() => (ushort)RandomNumberGenerator.GetInt32(0, 65_536);
}
