using System.Net;
using Presence.Model.Locating;

namespace Presence.Locating.Dns;

/// <summary>A response that belongs to a question, read and checked.</summary>
internal sealed class DnsMessage
{
    public const int NoError = 0;
    public const int FormatError = 1;
    public const int NameError = 3;

    private const ushort IsResponse = 0x8000;
    private const ushort OperationBits = 0x7800;
    private const ushort Authoritative = 0x0400;
    private const ushort Truncated = 0x0200;
    private const int MaxRecords = 512;

    private readonly byte[] _octets;
    private readonly List<DnsRecord> _answers = [];
    private readonly List<DnsRecord> _authority = [];
    private readonly ushort _flags;

    private DnsMessage(byte[] octets, ushort flags) => (_octets, _flags) = (octets, flags);

    public int ResponseCode => _flags & 0xF;

    public bool IsTruncated => (_flags & Truncated) != 0;

    public IReadOnlyList<DnsRecord> Answers => _answers;

    /// <summary>Says who else might know instead of an answer, which a resolver must not do.</summary>
    public bool IsReferral =>
        ResponseCode == NoError && (_flags & Authoritative) == 0 && _answers.Count == 0
        && _authority.Exists(record => record.Type == RecordType.NameServer)
        && !_authority.Exists(record => record.Type == RecordType.Authority);

    /// <summary>How long "there is none" may be kept: the SOA's time or its minimum, the lesser (RFC 2308).</summary>
    public TimeSpan NegativeTime()
    {
        foreach (var record in _authority.Where(record => record.Type == RecordType.Authority))
        {
            var reader = new DnsReader(_octets, record.Start);
            reader.ReadName();
            reader.ReadName();
            reader.Take(16);
            return TimeSpan.FromSeconds(Math.Min(record.TimeToLive, reader.ReadUInt32()));
        }

        return TimeSpan.Zero;
    }

    /// <summary>Reads a response. Null if it does not answer the question: another id, another name, no response.</summary>
    /// <exception cref="DnsFormatException">It does, but is damaged.</exception>
    public static DnsMessage? Read(byte[] octets, ushort id, DnsQuestion question)
    {
        var reader = new DnsReader(octets);
        if (octets.Length < 12 || reader.ReadUInt16() != id)
            return null;
        var flags = reader.ReadUInt16();
        if ((flags & IsResponse) == 0 || (flags & OperationBits) != 0)
            return null;
        int questions = reader.ReadUInt16(), answers = reader.ReadUInt16(), authority = reader.ReadUInt16();
        reader.ReadUInt16();
        if (questions != 1 || reader.ReadName() != question.Name
            || reader.ReadUInt16() != (ushort)question.Type || reader.ReadUInt16() != DnsQuestion.Internet)
            return null;
        var message = new DnsMessage(octets, flags);
        // What is cut off is asked for again over TCP.
        if (message.IsTruncated)
            return message;
        ReadRecords(ref reader, answers, message._answers);
        ReadRecords(ref reader, authority, message._authority);
        return message;
    }

    public string AliasOf(DnsRecord record)
    {
        var reader = new DnsReader(_octets, record.Start);
        return reader.ReadName();
    }

    public SrvRecord ServiceOf(DnsRecord record)
    {
        var reader = new DnsReader(_octets, record.Start);
        int priority = reader.ReadUInt16(), weight = reader.ReadUInt16(), port = reader.ReadUInt16();
        return new SrvRecord(priority, weight, port, reader.ReadName());
    }

    /// <exception cref="DnsFormatException">It is not as long as an address of its type.</exception>
    public IPAddress AddressOf(DnsRecord record) =>
        record.Length == (record.Type == RecordType.A ? 4 : 16)
            ? new IPAddress(_octets.AsSpan(record.Start, record.Length))
            : throw new DnsFormatException("an address has the wrong length");

    private static void ReadRecords(ref DnsReader reader, int count, List<DnsRecord> records)
    {
        if (count > MaxRecords)
            throw new DnsFormatException("it has too many records");
        for (var i = 0; i < count; i++)
        {
            var owner = reader.ReadName();
            var type = (RecordType)reader.ReadUInt16();
            var isInternet = reader.ReadUInt16() == DnsQuestion.Internet;
            var timeToLive = reader.ReadUInt32();
            var length = reader.ReadUInt16();
            var start = reader.At;
            reader.Take(length);
            if (isInternet)
                // Above 2^31 it counts as none (RFC 2181, section 8).
                records.Add(new DnsRecord(owner, type, timeToLive > int.MaxValue ? 0 : timeToLive, start, length));
        }
    }
}
