using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Presence.Testing.Wire;

namespace Presence.Conversations.Tests.Domains;

/// <summary>
/// The server of another domain as a test plays it: its own TLS and its own words, so that a test can count what crosses and
/// say what no good server says.
/// </summary>
internal sealed class RawPeer : IAsyncDisposable
{
    private readonly SslStream _stream;
    private readonly FrameReader _frames;

    internal RawPeer(SslStream stream)
    {
        _stream = stream;
        _frames = new FrameReader(stream);
    }

    /// <summary>Lines of events that have come while something else was awaited, in their order.</summary>
    public List<string> Events { get; } = [];

    /// <summary>Name of the session, once there is one.</summary>
    public string Session { get; private set; } = "";

    /// <summary>Lines of requests that have come; each was answered by <see cref="Reply"/>.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>Numbers up to which events of this side were acknowledged, each with its <c>#</c>.</summary>
    public List<string> Acknowledgements { get; } = [];

    /// <summary>Bodies of those requests, empty for those without one.</summary>
    public List<string> Bodies { get; } = [];

    /// <summary>The line with which a request, given by its words, is answered: 202 unless a test says otherwise.</summary>
    public Func<string[], string> Reply { get; set; } = words => $"202 {words[1]} accepted";

    public static async Task<RawPeer> Connect(
        int port, string domain, X509Certificate2 certificate, X509Certificate2 authority)
    {
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync("127.0.0.1", port, Cancel);
        var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = domain,
                ApplicationProtocols = [new SslApplicationProtocol("pip/1")],
                ClientCertificates = [certificate],
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    CustomTrustStore = { authority },
                    RevocationMode = X509RevocationMode.NoCheck,
                },
            },
            Cancel);
        return new RawPeer(tls);
    }

    /// <summary>The first words, up to a session; with features, as they follow in HELLO.</summary>
    public async Task<string> Bind(string local, string remote, string features = "")
    {
        Assert.StartsWith("220 0 ready", (await Read()).Line, StringComparison.Ordinal);
        Assert.StartsWith("200 1 ok", await Ask($"HELLO 1 {local} v=1.0 role=server from={remote}{features}"), StringComparison.Ordinal);
        var data = Convert.ToBase64String(Encoding.ASCII.GetBytes(remote));
        Assert.Equal($"200 2 ok user={remote}", await Ask($"AUTH 2 EXTERNAL data={data}"));
        var bound = await Ask("BIND 3 ep=test");
        Session = bound.Split("sid=")[^1].Split(' ')[0];
        return bound;
    }

    /// <summary>Sends a request and gives the line of its answer; events that come before are kept.</summary>
    public async Task<string> Ask(string line, string? body = null)
    {
        await Write(line, body);
        while (true)
        {
            var frame = await Read();
            if (char.IsAsciiDigit(frame.Line[0]))
                return frame.Line;
            await Keep(frame);
        }
    }

    public async Task Write(string line, string? body = null)
    {
        var text = body is null ? $"{line}\r\n" : $"{line} {{{Encoding.UTF8.GetByteCount(body)}}}\r\n{body}\r\n";
        await _stream.WriteAsync(Encoding.UTF8.GetBytes(text), Cancel);
        await _stream.FlushAsync(Cancel);
    }

    /// <summary>Waits until events of this side up to this one are acknowledged.</summary>
    public async Task Acknowledged(int number)
    {
        while (Acknowledgements.LastOrDefault() != $"#{number}")
            await Keep(await Read());
    }

    /// <summary>Sends lines as fast as they are taken.</summary>
    public async Task WriteAll(IEnumerable<string> lines)
    {
        foreach (var some in lines.Chunk(200))
            await _stream.WriteAsync(Encoding.UTF8.GetBytes(string.Concat(some.Select(line => $"{line}\r\n"))), Cancel);
        await _stream.FlushAsync(Cancel);
    }

    /// <summary>The next frame that is an event.</summary>
    public async Task<string> NextEvent()
    {
        while (Events.Count == 0)
            await Keep(await Read());
        var first = Events[0];
        Events.RemoveAt(0);
        return first;
    }

    /// <summary>The next frame that is a request.</summary>
    public async Task<string> NextRequest()
    {
        while (Requests.Count == 0)
            await Keep(await Read());
        var first = Requests[0];
        Requests.RemoveAt(0);
        return first;
    }

    public async Task<WireFrame> Read() => await _frames.Read(Cancel) ?? new WireFrame("closed", null);

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task Keep(WireFrame frame)
    {
        if (frame.Line == "closed")
            throw new IOException("The other side has closed the link.");
        var words = frame.Line.Split(' ');
        if (words[0] == "PING")
        {
            await Write($"200 {words[1]} pong");
            return;
        }

        if (words[0] == "ACK")
        {
            Acknowledgements.Add(words[1]);
            return;
        }

        if (words[1][0] == '#')
        {
            Events.Add(frame.Line);
            await Write($"ACK {words[1]}");
            return;
        }

        Requests.Add(frame.Line);
        Bodies.Add(Encoding.UTF8.GetString(frame.Body ?? []));
        await Write(Reply(words));
    }
}
