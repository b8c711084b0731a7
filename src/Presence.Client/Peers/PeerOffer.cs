using System.Buffers;
using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Presence.Protocol.Bodies;

namespace Presence.Client.Peers;

/// <summary>
/// Where one side can be reached, and by what it is known: the body of INVITE and ANSWER of type
/// <c>application/pip-peer</c>, one line <c>pip://address:port fp=sha-256:…</c> for each candidate.
/// </summary>
/// <param name="Candidates">1 to 16 addresses with ports.</param>
/// <param name="Fingerprint">As <see cref="PeerIdentity.Fingerprint"/>; the same for all candidates.</param>
internal sealed record PeerOffer(ImmutableArray<IPEndPoint> Candidates, string Fingerprint)
{
    public const string ContentType = "application/pip-peer";

    private const int MaxCandidates = 16;
    private const int MaxOctets = 4096;
    private const string Scheme = "pip://";

    public static bool IsTypeOf(string contentType) =>
        contentType.Split(';')[0].Trim().Equals(ContentType, StringComparison.OrdinalIgnoreCase);

    /// <summary>Null if the body is none: a name in place of an address, no or another fingerprint, too much of it.</summary>
    public static PeerOffer? Read(ReadOnlySpan<byte> body)
    {
        if (body.Length > MaxOctets || !LineBodyReader.TryReadAll(body, MaxCandidates, out var items, out _)
            || items.Count == 0 || items[0].Parameters["fp"] is not { } fingerprint
            || !PeerIdentity.IsFingerprint(fingerprint))
            return null;

        var candidates = ImmutableArray.CreateBuilder<IPEndPoint>();
        foreach (var item in items)
        {
            if (item.Parameters["fp"] != fingerprint || Candidate(item.First) is not { } candidate)
                return null;

            candidates.Add(candidate);
        }

        return new PeerOffer(candidates.ToImmutable(), fingerprint);
    }

    public ReadOnlyMemory<byte> Write()
    {
        var octets = new ArrayBufferWriter<byte>();
        var writer = new LineBodyWriter(octets);
        foreach (var candidate in Candidates)
        {
            writer.Item(Scheme + candidate);
            writer.Param("fp", Fingerprint);
            writer.End();
        }

        return octets.WrittenMemory;
    }

    // Numbers only: to look a name up would tell others about the conversation.
    private static IPEndPoint? Candidate(string text)
    {
        if (!text.StartsWith(Scheme, StringComparison.Ordinal) || text.Contains('%', StringComparison.Ordinal)
            || !IPEndPoint.TryParse(text.AsSpan(Scheme.Length), out var point) || point.Port == 0)
            return null;

        return Scheme + point == text && IsOfOneMachine(point.Address) ? point : null;
    }

    private static bool IsOfOneMachine(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork
        ? address.GetAddressBytes()[0] is > 0 and < 224
        : !address.IsIPv6Multicast && !address.Equals(IPAddress.IPv6Any);
}
