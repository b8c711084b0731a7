using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Presence.Bench.Links;
using Presence.Bench.Pip;

namespace Presence.Bench.Limit;

/// <summary>One connection of the limit _server. It believes everything that it is told.</summary>
internal sealed class LimitLink : IDisposable
{
    private readonly LimitServer _server;
    private readonly Octets _octets;
    private readonly Lock _sending = new();
    private readonly Queue<(long Sequence, string Sender, string Id)> _owed = new();
    private readonly LineSplitter.FrameTaken _taken;
    private string _user = "";
    private string _domain = "";
    private long _sequence;
    private volatile bool _isGone;

    public LimitLink(LimitServer server, Socket socket)
    {
        _server = server;
        _taken = Take;
        _octets = new Octets(octets => LineSplitter.Take(octets, _taken), _ => _isGone = true, socket);
    }

    private string Self => $"{_user}@{_domain}";

    public void Start()
    {
        Write("220 0 ready v=1.0 id=limit\r\n");
        _octets.Start();
    }

    public void Dispose() => _octets.Dispose();

    private void Take(WireLine line, ReadOnlySpan<byte> body)
    {
        var tag = line.Number;
        switch (Encoding.ASCII.GetString(line.Head))
        {
            case "HELLO":
                _domain = Text(line.Target);
                Write($"200 {tag} ok v=1.0 auth=PLAIN maxline=4096 maxbody=65536 inflight=64 events=256 idle=3600\r\n");
                break;
            case "AUTH":
                _user = Encoding.UTF8.GetString(Convert.FromBase64String(Text(line.Param(" data="u8)))).Split('\0')[1];
                Write($"200 {tag} ok user={Self}\r\n");
                break;
            case "BIND":
                _server.Bound[Self] = this;
                AudienceOf(Self).Value = "online";
                Answer($"200 {tag} ok ep={Login.Endpoint}\r\n", Copies.Logins);
                break;
            case "PING":
                Answer($"200 {tag} ok\r\n", Copies.Pings);
                break;
            case "APPROVE":
                Approve(tag, Text(line.Param(" who="u8)));
                break;
            case "SUB":
                Subscribe(tag, Text(line.Target), Text(line.Param(" id="u8)));
                break;
            case "SET":
                Change(tag, Text(line.Param(" val="u8)));
                break;
            case "CREATE" or "JOIN":
                _server.Groups.GetOrAdd(Text(line.Target), _ => new LimitAudience()).Add(this, "");
                Write($"200 {tag} ok state=member\r\n");
                break;
            case "SEND" when _server.Groups.TryGetValue(Text(line.Target), out var group):
                Spread(line, body, group);
                break;
            case "SEND":
                Forward(line, body);
                break;
            case "ACK":
                PayReceipts(tag);
                break;
            case "QUIT":
                // What he said last is not what those find who come before him on another day.
                AudienceOf(Self).Value = "online";
                Write($"200 {tag} ok\r\n");
                break;
            default:
                Write($"200 {tag} ok\r\n");
                break;
        }
    }

    private void Approve(long tag, string who)
    {
        Write($"200 {tag} ok ver=1\r\n");
        var audience = AudienceOf(Self);
        audience.Approve(who);
        foreach (var (link, id) in audience.Members)
        {
            if (link.Self == who)
                link.Event($"{Self}/status id={id} state=active expires=3600 ver=1 val=online t={Now}");
        }
    }

    private void Subscribe(long tag, string place, string id)
    {
        var node = place[..place.IndexOf('/', StringComparison.Ordinal)];
        var audience = AudienceOf(node);
        // No change between its value and his place among those who hear of changes.
        lock (audience)
        {
            audience.Add(this, id);
            if (audience.Knows(Self))
            {
                Write($"200 {tag} ok id={id} state=active expires=0\r\nNOTIFY #{Interlocked.Increment(ref _sequence)}"
                    + $" {node}/status id={id} ver=1 val={audience.Value} t={Now}\r\n");
                return;
            }
        }

        Write($"202 {tag} pending id={id} state=pending expires=3600\r\n");
        if (_server.Bound.TryGetValue(node, out var owner))
            owner.Event($"~/status who={Self} what=sub state=pending t={Now}", "WATCHER");
    }

    private void Change(long tag, string value)
    {
        Write($"200 {tag} ok ver={tag}\r\n");
        var (now, audience) = (Now, AudienceOf(Self));
        lock (audience)
        {
            audience.Value = value;
            foreach (var (link, id) in audience.Members)
                link.Event($"{Self}/status id={id} ver={tag} val={value} t={now}");
        }
    }

    private void Forward(WireLine line, ReadOnlySpan<byte> body)
    {
        Write($"202 {line.Number} accepted\r\n");
        if (!_server.Bound.TryGetValue(Text(line.Target), out var receiver))
            return;
        var id = Text(line.Param(" mid="u8));
        var wants = line.Param(" want="u8).IsEmpty ? "" : " want=delivered";
        var text = $"~ from={Self} mid={id} type=text/plain{wants} t={Now} {{{body.Length}}}\r\n{Text(body)}";
        receiver.Event(text, "MSG", wants.Length > 0 ? (Self, id) : null);
    }

    private void Spread(WireLine line, ReadOnlySpan<byte> body, LimitAudience group)
    {
        Write($"202 {line.Number} accepted\r\n");
        var text = $"{Text(line.Target)} from={Self} mid={Text(line.Param(" mid="u8))} type=text/plain t={Now}"
            + $" {{{body.Length}}}\r\n{Text(body)}";
        foreach (var (link, _) in group.Members)
        {
            if (link != this)
                link.Event(text, "MSG");
        }
    }

    private void PayReceipts(long sequence)
    {
        while (true)
        {
            (long Sequence, string Sender, string Id) owed;
            lock (_sending)
            {
                if (!_owed.TryPeek(out owed) || owed.Sequence > sequence)
                    return;
                _owed.Dequeue();
            }

            if (_server.Bound.TryGetValue(owed.Sender, out var sender))
                sender.Event($"{Self} mid={owed.Id} disp=delivered t={Now}", "RECEIPT");
        }
    }

    private void Event(string rest, string verb = "NOTIFY", (string Sender, string Id)? owed = null)
    {
        if (_isGone)
            return;
        var times = _server.Damage.Times(Copies.Events);
        lock (_sending)
        {
            for (; times > 0; times--)
            {
                var sequence = ++_sequence;
                if (owed is { } debt)
                    _owed.Enqueue((sequence, debt.Sender, debt.Id));
                Write($"{verb} #{sequence} {rest}\r\n");
                owed = null;
            }
        }
    }

    private void Answer(string text, Copies kind)
    {
        for (var times = _server.Damage.Times(kind); times > 0; times--)
            Write(text);
    }

    private void Write(string text)
    {
        Span<byte> octets = stackalloc byte[1024];
        if (text.Length > 300)
            octets = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        var length = Encoding.UTF8.GetBytes(text, octets);
        lock (_sending)
        {
            try
            {
                _octets.Send(octets[..length]);
            }
            catch (Exception exception) when (exception is ObjectDisposedException or SocketException)
            {
                // This watcher has gone; those behind him must get their copies.
                _octets.Dispose();
            }
        }
    }

    private LimitAudience AudienceOf(string node) => _server.Audiences.GetOrAdd(node, _ => new LimitAudience());

    private static string Text(ReadOnlySpan<byte> octets) => Encoding.UTF8.GetString(octets);

    private static string Now =>
        TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
