using System.Net;
using System.Text;
using Presence.Bench.Links;
using Presence.Bench.Load;
using Presence.Bench.Node;

namespace Presence.Bench.Xmpp;

/// <summary>
/// A user of an XMPP server: presence with a status text (RFC 6121), messages, receipts (XEP-0184), rooms (XEP-0045). It
/// does not ask for its roster, so the server pushes none of it: that spares the server work.
/// </summary>
internal sealed class XmppUser : ILink
{
    private const string Text = "The quick brown fox jumps over the lazy dog.";
    private const string Resource = "e";
    private readonly string _domain;
    private readonly ILink.Taken? _taken;
    private readonly XmppStream _stream;
    private readonly TaskCompletionSource _isOnline = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _hasEntered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Tally _tally;
    private int _user;

    public XmppUser(int index, string domain, Tally tally, ILink.Taken? taken)
    {
        Index = index;
        _domain = domain;
        _tally = tally;
        _taken = taken;
        _stream = new XmppStream(domain, tally, Take);
    }

    public int Index { get; }

    public async Task LogIn(EndPoint server, int user)
    {
        _user = user;
        await _stream.Open(server, Accounts.Name(user), Resource);
        _stream.Send("<presence/>");
        // The server sends it to all sessions of the user, this one among them (RFC 6121, 4.2.2).
        await _isOnline.Task.WaitAsync(_tally.Patience, TimeProvider.System);
    }

    public Task Ping() => _stream.Ask("get", $" to='{_domain}'", "<ping xmlns='urn:xmpp:ping'/>");

    public Task Quit()
    {
        _stream.Close();
        return Task.CompletedTask;
    }

    public Task Allow(int watcher) => Task.CompletedTask;

    public Task Watch(int owner) => Task.CompletedTask;

    public void Say(int number) => _stream.Send($"<presence><status>c{number}</status></presence>");

    public void Ask(int owner) => _stream.Send($"<presence type='subscribe' to='{Address(owner)}'/>");

    public void Grant(int watcher) => _stream.Send($"<presence type='subscribed' to='{Address(watcher)}'/>");

    public void Send(int recipient, int number, bool wantsReceipt) => _stream.Send(
        $"<message type='chat' to='{Address(recipient)}' id='m{number}'><body>{Text}</body>"
        + (wantsReceipt ? "<request xmlns='urn:xmpp:receipts'/></message>" : "</message>"));

    public async Task Enter(string group, bool isFirst)
    {
        _stream.Send($"<presence to='{Room(group)}/{Accounts.Name(_user)}'>"
            + "<x xmlns='http://jabber.org/protocol/muc'><history maxstanzas='0'/></x></presence>");
        // The subject is the last of what a newcomer is sent.
        await _hasEntered.Task.WaitAsync(_tally.Patience, TimeProvider.System);
    }

    public void SendToGroup(string group, int number) => _stream.Send(
        $"<message type='groupchat' to='{Room(group)}' id='m{number}'><body>{Text}</body></message>");

    public void Dispose() => _stream.Dispose();

    private string Address(int user) => $"{Accounts.Name(user)}@{_domain}";

    private string Room(string group) => $"{group}@conference.{_domain}";

    private void Take(Stanza stanza)
    {
        var from = stanza.Attribute(" from="u8);
        var user = UserNumber.Of(from);
        if (stanza.Name.SequenceEqual("presence"u8))
            TakePresence(stanza, user);
        else if (stanza.Attribute(" type="u8).SequenceEqual("groupchat"u8))
            TakeGroupMessage(stanza, from);
        else
            TakeMessage(stanza, user);
    }

    private void TakePresence(Stanza stanza, int user)
    {
        var type = stanza.Attribute(" type="u8);
        if (user == _user && type.IsEmpty)
            _isOnline.TrySetResult();
        else if (type.SequenceEqual("error"u8))
            _tally.Refused(Encoding.UTF8.GetString(stanza.Whole));
        else if (user >= 0 && user != _user && !type.SequenceEqual("subscribed"u8))
            Tell(Presence(stanza, type, user));
    }

    private static Happening Presence(Stanza stanza, ReadOnlySpan<byte> type, int user)
    {
        if (type.SequenceEqual("unavailable"u8))
            return new Happening(HappeningKind.Gone, user, 0);
        if (type.SequenceEqual("subscribe"u8))
            return new Happening(HappeningKind.Asked, user, 0);
        var status = stanza.TextOf("<status>"u8);
        var number = status.IsEmpty ? 0 : UserNumber.Mark(status);
        return type.IsEmpty && number >= 0 ? new Happening(HappeningKind.Value, user, number) : default;
    }

    private void TakeGroupMessage(Stanza stanza, ReadOnlySpan<byte> from)
    {
        if (stanza.Contains("<subject"u8))
        {
            _hasEntered.TrySetResult();
            return;
        }

        var author = UserNumber.Of(from[(from.LastIndexOf((byte)'/') + 1)..]);
        // The room sends the author his own message too; what others get is what is counted.
        if (author != _user)
            Tell(new Happening(HappeningKind.GroupMessage, author, UserNumber.Mark(stanza.Attribute(" id="u8))));
    }

    private void TakeMessage(Stanza stanza, int user)
    {
        if (stanza.Attribute(" type="u8).SequenceEqual("error"u8))
        {
            _tally.Refused(Encoding.UTF8.GetString(stanza.Whole));
            return;
        }

        var receipt = stanza.AttributeOf("<received"u8, " id="u8);
        if (!receipt.IsEmpty)
        {
            Tell(new Happening(HappeningKind.Receipt, user, UserNumber.Mark(receipt)));
            return;
        }

        var id = stanza.Attribute(" id="u8);
        if (stanza.Contains("<request xmlns="u8))
        {
            _stream.Send($"<message to='{Encoding.UTF8.GetString(stanza.Attribute(" from="u8))}'>"
                + $"<received xmlns='urn:xmpp:receipts' id='{Encoding.UTF8.GetString(id)}'/></message>");
        }

        Tell(new Happening(HappeningKind.Message, user, UserNumber.Mark(id)));
    }

    private void Tell(Happening happening) => _taken?.Invoke(this, happening);
}
