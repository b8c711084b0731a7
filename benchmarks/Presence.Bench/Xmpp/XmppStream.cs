using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using Presence.Bench.Links;
using Presence.Bench.Load;

namespace Presence.Bench.Xmpp;

/// <summary>
/// One client stream over clear-text TCP: opened, authenticated by SCRAM-SHA-256, bound (RFC 6120). What concerns a user of
/// it, presence and messages, goes to whoever made it.
/// </summary>
internal sealed class XmppStream : IDisposable
{
    private readonly string _domain;
    private readonly Tally _tally;
    private readonly StanzaSplitter.StanzaTaken _events;
    private readonly StanzaSplitter.StanzaTaken _taken;
    private readonly Octets _octets;
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _asked = new(StringComparer.Ordinal);
    private TaskCompletionSource<string> _step = Pending();
    private long _number;
    private volatile bool _isQuitting;

    public XmppStream(string domain, Tally tally, StanzaSplitter.StanzaTaken events)
    {
        _domain = domain;
        _tally = tally;
        _events = events;
        _taken = Take;
        _octets = new Octets(octets => StanzaSplitter.Take(octets, _taken), Break);
    }

    /// <exception cref="BenchException">The server refused a step.</exception>
    /// <exception cref="TimeoutException">The server did not answer.</exception>
    public async Task Open(EndPoint server, string user, string resource)
    {
        await _octets.Connect(server);
        await Restart();
        var scram = new ScramLogin(user);
        var challenge = await Step("challenge",
            $"<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='SCRAM-SHA-256'>{Base64(scram.First())}</auth>");
        var verdict = await Step("success",
            $"<response xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>{Base64(scram.Final(challenge))}</response>");
        scram.Verify(verdict);
        await Restart();
        await Ask("set", "", $"<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>{resource}</resource></bind>");
    }

    /// <summary>An IQ whose result is awaited.</summary>
    /// <exception cref="BenchException">The answer is an error.</exception>
    /// <exception cref="TimeoutException">None came while the patience lasted.</exception>
    public Task Ask(string type, string attributes, string content)
    {
        var id = $"q{Interlocked.Increment(ref _number).ToString(CultureInfo.InvariantCulture)}";
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked[id] = answer;
        Send($"<iq type='{type}' id='{id}'{attributes}>{content}</iq>");
        return answer.Task.WaitAsync(_tally.Patience, TimeProvider.System);
    }

    public void Send(string text) => _octets.Send(Encoding.UTF8.GetBytes(text));

    /// <summary>Ends the stream. Does not await that the server does, too: ejabberd takes its time for it, 0.1 s, and has done all by then.</summary>
    public void Close()
    {
        _isQuitting = true;
        Send("</stream:stream>");
    }

    public void Dispose()
    {
        _isQuitting = true;
        _octets.Dispose();
    }

    private Task<byte[]> Restart() => Step("stream:features",
        $"<?xml version='1.0'?><stream:stream to='{_domain}' version='1.0' xmlns='jabber:client'"
        + " xmlns:stream='http://etherx.jabber.org/streams'>");

    /// <returns>What the awaited element holds, decoded from base64 if it is that.</returns>
    private async Task<byte[]> Step(string awaited, string text)
    {
        _step = Pending();
        Send(text);
        var answer = await _step.Task.WaitAsync(_tally.Patience, TimeProvider.System);
        if (!answer.StartsWith($"<{awaited}", StringComparison.Ordinal))
            throw new BenchException($"The server answered {text} with {answer}");
        var content = answer[(answer.IndexOf('>', StringComparison.Ordinal) + 1)..].Split('<')[0];
        var octets = new byte[content.Length];
        return Convert.TryFromBase64String(content, octets, out var length) ? octets[..length] : [];
    }

    private void Take(Stanza stanza)
    {
        switch (stanza.Name)
        {
            case [(byte)'p', ..] or [(byte)'m', ..]:
                _events(stanza);
                break;
            case [(byte)'i', (byte)'q']:
                Answered(stanza);
                break;
            case var name when !name.SequenceEqual("stream:stream"u8):
                _step.TrySetResult(Encoding.UTF8.GetString(stanza.Whole));
                break;
        }
    }

    private void Answered(Stanza stanza)
    {
        var type = stanza.Attribute(" type="u8);
        // A push of the roster, or a question that this client cannot answer: neither is waited for.
        if (type.SequenceEqual("set"u8) || type.SequenceEqual("get"u8))
            return;
        if (!_asked.TryRemove(Encoding.UTF8.GetString(stanza.Attribute(" id="u8)), out var answer))
            _tally.Stray();
        else if (type.SequenceEqual("result"u8))
            answer.TrySetResult();
        else
            answer.TrySetException(new BenchException($"The server answered {Encoding.UTF8.GetString(stanza.Whole)}"));
    }

    private void Break(string why)
    {
        var exception = new BenchException($"A connection broke: {why}.");
        _step.TrySetException(exception);
        foreach (var answer in _asked.Values)
            answer.TrySetException(exception);
        if (!_isQuitting)
            _tally.Broke();
    }

    private static TaskCompletionSource<string> Pending() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static string Base64(byte[] octets) => Convert.ToBase64String(octets);
}
