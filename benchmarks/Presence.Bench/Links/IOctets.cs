using System.Net;

namespace Presence.Bench.Links;

/// <summary>A connection that carries octets. One thread reads, any may write.</summary>
internal interface IOctets : IDisposable
{
    /// <summary>Takes what is there and tells how much of it was whole; the rest comes again with more behind it.</summary>
    delegate int Taken(ReadOnlySpan<byte> received);

    Task Connect(EndPoint server);

    void Send(ReadOnlySpan<byte> octets);
}
