using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Presence.Locating.Tests.Fakes;

/// <summary>Writes the octets of a response, right or wrong.</summary>
internal sealed class ReplyWriter(Query query)
{
    private readonly List<byte> _answers = [];
    private readonly List<byte> _authority = [];
    private int _answerCount;
    private int _authorityCount;
    private int _code;
    private bool _isTruncated;
    private ushort _id = query.Id;
    private byte[] _question = query.Octets[12..query.QuestionEnd];

    public ReplyWriter WithId(int id) => Do(() => _id = (ushort)id);

    public ReplyWriter WithCode(int code) => Do(() => _code = code);

    public ReplyWriter Truncated() => Do(() => _isTruncated = true);

    public ReplyWriter About(string name) =>
        Do(() => _question = [.. NameOctets(name), .. query.Octets[(query.QuestionEnd - 4)..query.QuestionEnd]]);

    public ReplyWriter Service(
        int priority, int weight, int port, string target, uint timeToLive = 300, string? owner = null) =>
        Answer(owner ?? query.Name, 33, timeToLive,
            [.. Two(priority), .. Two(weight), .. Two(port), .. NameOctets(target)]);

    public ReplyWriter Alias(string owner, string target, uint timeToLive = 300) =>
        Answer(owner, 5, timeToLive, NameOctets(target));

    public ReplyWriter Address(string address, uint timeToLive = 300, string? owner = null)
    {
        var octets = IPAddress.Parse(address).GetAddressBytes();
        return Answer(owner ?? query.Name, octets.Length == 4 ? 1 : 28, timeToLive, octets);
    }

    public ReplyWriter Raw(string owner, int type, byte[] data) => Answer(owner, type, 300, data);

    public ReplyWriter Authority(uint timeToLive, uint minimum) => Do(() =>
    {
        byte[] data = [0, 0, .. Four(1), .. Four(2), .. Four(3), .. Four(4), .. Four(minimum)];
        _authority.AddRange(Record("example", 6, timeToLive, data));
        _authorityCount++;
    });

    public ReplyWriter NameServer(string host) => Do(() =>
    {
        _authority.AddRange(Record("example", 2, 300, NameOctets(host)));
        _authorityCount++;
    });

    public byte[] Build()
    {
        var flags = 0x8180 | (_isTruncated ? 0x0200 : 0) | _code;
        return [.. Two(_id), .. Two(flags), .. Two(1), .. Two(_answerCount), .. Two(_authorityCount), .. Two(0),
            .. _question, .. _answers, .. _authority];
    }

    public static byte[] NameOctets(string name)
    {
        var octets = new List<byte>();
        foreach (var label in name.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            octets.Add((byte)label.Length);
            octets.AddRange(Encoding.ASCII.GetBytes(label));
        }

        return [.. octets, 0];
    }

    private ReplyWriter Answer(string owner, int type, uint timeToLive, byte[] data) => Do(() =>
    {
        _answers.AddRange(Record(owner, type, timeToLive, data));
        _answerCount++;
    });

    private static byte[] Record(string owner, int type, uint timeToLive, byte[] data) =>
        [.. NameOctets(owner), .. Two(type), .. Two(1), .. Four(timeToLive), .. Two(data.Length), .. data];

    private ReplyWriter Do(Action change)
    {
        change();
        return this;
    }

    private static byte[] Two(int number)
    {
        var octets = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(octets, (ushort)number);
        return octets;
    }

    private static byte[] Four(uint number)
    {
        var octets = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(octets, number);
        return octets;
    }
}
