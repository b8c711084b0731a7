using System.Buffers.Binary;
using System.Text;

namespace Presence.Locating.Tests.Fakes;

/// <summary>A query as a server sees it.</summary>
internal sealed record Query(byte[] Octets, bool IsTcp)
{
    public ushort Id => BinaryPrimitives.ReadUInt16BigEndian(Octets);

    public bool IsExtended => Octets[11] == 1;

    /// <summary>Where the question ends.</summary>
    public int QuestionEnd => Array.IndexOf(Octets, (byte)0, 12) + 5;

    public string Name
    {
        get
        {
            var labels = new List<string>();
            for (var at = 12; Octets[at] != 0; at += Octets[at] + 1)
                labels.Add(Encoding.ASCII.GetString(Octets, at + 1, Octets[at]));
            return string.Join('.', labels);
        }
    }

    public ushort Type => BinaryPrimitives.ReadUInt16BigEndian(Octets.AsSpan(QuestionEnd - 4));
}
