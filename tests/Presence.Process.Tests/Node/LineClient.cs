using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Presence.Process.Tests.Node;

/// <summary>
/// A client of a few lines, as somebody would write it in a script: sends lines, reads lines, logs in with PLAIN on the
/// loopback listener. Bodies are read as the line that follows.
/// </summary>
internal sealed class LineClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TcpClient _tcp = new() { NoDelay = true };
    private StreamReader? _reader;
    private NetworkStream? _stream;
    private int _tag;

    public static async Task<LineClient> Connect(IPEndPoint end)
    {
        var client = new LineClient();
        await client._tcp.ConnectAsync(end);
        client._stream = client._tcp.GetStream();
        client._reader = new StreamReader(client._stream, Encoding.UTF8);
        return client;
    }

    /// <summary>Connects and binds the endpoint <c>e</c>; the node must allow PLAIN on loopback.</summary>
    public static async Task<LineClient> LogIn(IPEndPoint end, string user, string password)
    {
        var client = await Connect(end);
        var plain = Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{user}\0{password}"));
        await client.ReadLine();
        foreach (var request in new[] { "HELLO # localhost v=1.0", $"AUTH # PLAIN data={plain}", "BIND # ep=e show=online" })
            Assert.StartsWith("200", await client.Ask(request), StringComparison.Ordinal);
        return client;
    }

    public async Task SendLine(string line) => await _stream!.WriteAsync(Encoding.UTF8.GetBytes(line + "\r\n"));

    /// <summary>The next line; null when the node has closed.</summary>
    public async Task<string?> ReadLine()
    {
        using var limit = new CancellationTokenSource(Patience);
        return await _reader!.ReadLineAsync(limit.Token);
    }

    /// <summary>Sends a request, with <c>#</c> standing for a fresh tag, and gives its response; events are passed over.</summary>
    public async Task<string> Ask(string request)
    {
        var tag = ++_tag;
        await SendLine(string.Join(' ', request.Split(' ').Select(word => word == "#" ? $"{tag}" : word)));
        while (await ReadLine() is { } line)
        {
            var words = line.Split(' ');
            if (words.Length > 2 && words[1] == $"{tag}" && char.IsAsciiDigit(words[0][0]))
                return line;
        }

        throw new IOException("The node closed the connection.");
    }

    public void Dispose()
    {
        _reader?.Dispose();
        _tcp.Dispose();
    }
}
