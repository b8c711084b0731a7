using System.Globalization;
using System.Text;
using Presence.Testing.Conversations;
using Presence.Testing.Wire;

namespace Presence.Conversations.Tests.Node;

/// <summary>A client for what stories cannot say: logs in by a story and goes on by itself, one frame after the other.</summary>
internal sealed class Asker
{
    private readonly FrameReader _frames;
    private readonly Stream _stream;
    private int _tag = 100;

    private Asker(Stream stream)
    {
        _stream = stream;
        _frames = new FrameReader(stream);
    }

    /// <summary>Logs in with an account of <paramref name="host"/> that exists.</summary>
    public static async Task<Asker> LogIn(
        IConversationHost host, CancellationToken cancel, string account = "alice:wonderland", string carrier = "")
    {
        Stream? kept = null;
        var user = account.Split(':', '@')[0];
        var story = Conversation.Parse(
            "a login", $"# A login\n@users {account}\n{user}: {$"connect {carrier}".TrimEnd()}\n{user}< 220 0 ready ...\n{user}: login");
        await ConversationRunner.Run(story, new Keeping(host, stream => kept = stream), cancel);
        return new Asker(kept!);
    }

    /// <summary>Sends a line, with its tag for <c>{0}</c>, and gives the line of the answer.</summary>
    public async Task<string> Ask(string line, byte[]? body = null)
    {
        await Send(line, body);
        return (await Next()).Line;
    }

    /// <summary>Sends a line that has no tag.</summary>
    public async Task Say(string line)
    {
        await _stream.WriteAsync(Encoding.UTF8.GetBytes($"{line}\r\n"));
        await _stream.FlushAsync();
    }

    /// <summary>Sends a line, with its tag for <c>{0}</c>, and leaves what comes to be read.</summary>
    public async Task Send(string line, byte[]? body = null)
    {
        var text = string.Format(CultureInfo.InvariantCulture, line, ++_tag);
        var octets = body is null
            ? Encoding.UTF8.GetBytes($"{text}\r\n")
            : [.. Encoding.UTF8.GetBytes($"{text} {{{body.Length}}}\r\n"), .. body, .. "\r\n"u8];
        await _stream.WriteAsync(octets);
        await _stream.FlushAsync();
    }

    public async Task<WireFrame> Next() =>
        await _frames.Read(TestContext.Current.CancellationToken) ?? new WireFrame("closed", null);

    /// <summary>The next line that begins so; what comes before is passed over.</summary>
    public async Task<string> Next(string start)
    {
        while (true)
        {
            var line = (await Next()).Line;
            if (line.StartsWith(start, StringComparison.Ordinal))
                return line;
            Assert.NotEqual("closed", line);
        }
    }

    public Task<(string Salt, string Nonce)> Challenge(string target) => ChallengeTo($"GET {{0}} {target}");

    /// <summary>The challenge that a request meets when it says that it has a passphrase.</summary>
    public async Task<(string Salt, string Nonce)> ChallengeTo(string request)
    {
        var answer = await Ask($"{request} pass=yes");
        return (Value(answer, "salt"), Value(answer, "nonce"));
    }

    private static string Value(string line, string name) =>
        line.Split(' ').Single(word => word.StartsWith(name + "=", StringComparison.Ordinal))[(name.Length + 1)..];

    /// <summary>Lets a story open the connection and keeps it open after the story has ended.</summary>
    private sealed class Keeping(IConversationHost host, Action<Stream> keep) : IConversationHost
    {
        public string Domain => host.Domain;

        public async Task<Stream> Connect(string actor, ConnectKind kind, CancellationToken cancel)
        {
            var stream = await host.Connect(actor, kind, cancel);
            keep(stream);
            return new Undisposed(stream);
        }

        public Task CreateUser(string local, string password, CancellationToken cancel) => Task.CompletedTask;

        public Task RemoveUser(string local, CancellationToken cancel) => host.RemoveUser(local, cancel);

        public Task AdvanceClock(TimeSpan by, CancellationToken cancel) => host.AdvanceClock(by, cancel);
    }

    private sealed class Undisposed(Stream stream) : PassingStream(stream);
}
