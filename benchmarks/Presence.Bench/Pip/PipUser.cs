using System.Net;
using Presence.Bench.Links;
using Presence.Bench.Load;
using Presence.Bench.Node;

namespace Presence.Bench.Pip;

/// <summary>A user of a server that speaks PIP. The name of each subscription is the number of whom it watches.</summary>
internal sealed class PipUser : ILink
{
    private const string Text = "The quick brown fox jumps over the lazy dog.";
    private readonly string _domain;
    private readonly ILink.Taken? _taken;
    private readonly PipLink _lines;

    public PipUser(int index, string domain, Tally tally, ILink.Taken? taken, Way way)
    {
        Index = index;
        _domain = domain;
        _taken = taken;
        _lines = new PipLink(tally, domain, way, Take);
    }

    public int Index { get; }

    public async Task LogIn(EndPoint server, int user)
    {
        await _lines.Connect(server);
        await Login.Run(_lines, Accounts.Name(user), _domain);
    }

    public Task Ping() => _lines.Require("PING", "");

    public Task Quit() => _lines.Quit();

    public Task Allow(int watcher) => _lines.Require("APPROVE", $"~ who={Address(watcher)}");

    public Task Watch(int owner) => _lines.Require("SUB", $"{Address(owner)}/status id=p{owner} scope=session");

    public void Say(int number) => _lines.Post("SET", $"~/ep/{Login.Endpoint}/status val=c{number}");

    public void Ask(int owner) => _lines.Post("SUB", $"{Address(owner)}/status id=p{owner} expires=3600");

    public void Grant(int watcher) => _lines.Post("APPROVE", $"~ who={Address(watcher)}");

    public void Send(int recipient, int number, bool wantsReceipt) =>
        SendTo(Address(recipient), number, wantsReceipt ? " want=delivered" : "");

    public void HoldAcknowledgements() => _lines.HoldsAcknowledgements = true;

    public void Acknowledge() => _lines.Acknowledge();

    public Task Enter(string group, bool isFirst) => isFirst
        ? _lines.Require("CREATE", $"{group}@{_domain} kind=group join=open send=members")
        : _lines.Require("JOIN", $"{group}@{_domain}");

    public void SendToGroup(string group, int number) => SendTo($"{group}@{_domain}", number, "");

    public void Dispose() => _lines.Dispose();

    private string Address(int user) => $"{Accounts.Name(user)}@{_domain}";

    private void SendTo(string address, int number, string options) =>
        _lines.Post("SEND", $"{address} mid=m{number} type=text/plain{options} {{{Text.Length}}}\r\n{Text}");

    private void Take(WireLine line)
    {
        if (_taken is not null && !IsNews(line))
            _taken(this, Read(line));
    }

    // Who came and went, in a group or among his watchers, is told to him who looks after it; no scenario counts it.
    private static bool IsNews(WireLine line) => line.Head.SequenceEqual("MEMBER"u8)
        || (line.Head.SequenceEqual("WATCHER"u8) && !line.Param(" state="u8).SequenceEqual("pending"u8));

    private static Happening Read(WireLine line)
    {
        if (line.Head.SequenceEqual("NOTIFY"u8))
            return Value(UserNumber.Mark(line.Param(" id="u8)), line.Param(" val="u8), line.Param(" state="u8));
        if (line.Head.SequenceEqual("MSG"u8))
        {
            return new Happening(
                line.Target.SequenceEqual("~"u8) ? HappeningKind.Message : HappeningKind.GroupMessage,
                UserNumber.Of(line.Param(" from="u8)), UserNumber.Mark(line.Param(" mid="u8)));
        }

        if (line.Head.SequenceEqual("RECEIPT"u8) && line.Param(" disp="u8).SequenceEqual("delivered"u8))
            return new Happening(HappeningKind.Receipt, UserNumber.Of(line.Target), UserNumber.Mark(line.Param(" mid="u8)));
        return line.Head.SequenceEqual("WATCHER"u8) && line.Param(" state="u8).SequenceEqual("pending"u8)
            ? new Happening(HappeningKind.Asked, UserNumber.Of(line.Param(" who="u8)), 0)
            : default;
    }

    private static Happening Value(int owner, ReadOnlySpan<byte> value, ReadOnlySpan<byte> state)
    {
        if (!state.IsEmpty && !state.SequenceEqual("active"u8))
            return default;
        if (value.SequenceEqual("offline"u8))
            return new Happening(HappeningKind.Gone, owner, 0);
        var number = value.SequenceEqual("online"u8) ? 0 : UserNumber.Mark(value);
        return number < 0 ? default : new Happening(HappeningKind.Value, owner, number);
    }
}
