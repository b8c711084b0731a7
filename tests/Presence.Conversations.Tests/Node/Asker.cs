using System.Text;
using Presence.Testing.Conversations;

namespace Presence.Conversations.Tests.Node;

/// <summary>A client for what stories cannot say: logs in as alice and gets the answer to one line after the other.</summary>
internal sealed class Asker
{
    private readonly StreamReader _reader;
    private readonly Stream _stream;
    private int _tag = 100;

    private Asker(Stream stream)
    {
        _stream = stream;
        _reader = new StreamReader(stream, Encoding.UTF8);
    }

    public static async Task<Asker> LogIn(IConversationHost host, CancellationToken cancel)
    {
        Stream? kept = null;
        var story = Conversation.Parse("a login", "# Alice logs in\n@users alice:wonderland\nalice: login");
        await ConversationRunner.Run(story, new Keeping(host, stream => kept = stream), cancel);
        return new Asker(kept!);
    }

    /// <summary>Sends a line, with its tag for <c>{0}</c>, and gives the first line of the answer.</summary>
    public async Task<string> Ask(string line)
    {
        var request = string.Format(System.Globalization.CultureInfo.InvariantCulture, line, ++_tag);
        await _stream.WriteAsync(Encoding.UTF8.GetBytes(request + "\r\n"));
        return await _reader.ReadLineAsync() ?? "closed";
    }

    public async Task<(string Salt, string Nonce)> Challenge(string target)
    {
        var answer = await Ask($"GET {{0}} {target} pass=yes");
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
