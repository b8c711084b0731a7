using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Presence.Testing.Conversations;

namespace Presence.Testing.Tests.Conversations;

/// <summary>
/// A server on loopback that answers each line with what a script says. It knows no protocol but SCRAM, since a login
/// cannot be scripted.
/// </summary>
internal sealed class ScriptedHost : IConversationHost, IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<string, string?> _answer;
    private readonly List<Task> _connections = [];

    /// <param name="answer">
    /// What is written for a received line; null closes the connection. For the greeting the line is empty.
    /// </param>
    public ScriptedHost(Func<string, string?> answer)
    {
        _answer = answer;
        _listener.Start();
    }

    public string Domain => "localhost";

    public List<string> Calls { get; } = [];

    public async Task<Stream> Connect(string actor, ConnectKind kind, CancellationToken cancel)
    {
        Calls.Add($"connect {actor} {kind}");
        var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)_listener.LocalEndpoint, cancel);
        _connections.Add(Serve(await _listener.AcceptTcpClientAsync(cancel)));
        return client.GetStream();
    }

    public Task CreateUser(string local, string password, CancellationToken cancel) => Note($"create {local}:{password}");

    public Task RemoveUser(string local, CancellationToken cancel) => Note($"remove {local}");

    public Task AdvanceClock(TimeSpan by, CancellationToken cancel) => Note($"clock {by.TotalSeconds}");

    public void Dispose() => _listener.Dispose();

    private Task Note(string call)
    {
        Calls.Add(call);
        return Task.CompletedTask;
    }

    private async Task Serve(TcpClient client)
    {
        using var _ = client;
        var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.Latin1);
        var scram = new ScriptedScram();
        await Say(stream, _answer(""));
        while (await reader.ReadLineAsync() is { } line)
        {
            if ((scram.Answer(line) ?? _answer(line)) is not { } answer)
                return;
            await Say(stream, answer);
        }
    }

    private static async Task Say(NetworkStream stream, string? text) =>
        await stream.WriteAsync(Encoding.Latin1.GetBytes(text ?? ""));
}

/// <summary>The server side of SCRAM-SHA-256 for the password `wonderland`; an iteration count of 2 keeps it quick.</summary>
internal sealed class ScriptedScram
{
    private static readonly byte[] Salt = [.. Enumerable.Range(1, 16).Select(n => (byte)n)];
    private string _bare = "";
    private string _first = "";

    public bool KnowsPassword { get; init; } = true;

    /// <returns>Null for a line that is no AUTH.</returns>
    public string? Answer(string line)
    {
        var words = line.Split(' ');
        if (words[0] != "AUTH")
            return null;
        var data = Encoding.UTF8.GetString(Convert.FromBase64String(words[3]["data=".Length..]));
        if (words[2] != "*")
        {
            _bare = data[3..];
            _first = $"{_bare[_bare.IndexOf("r=", StringComparison.Ordinal)..]}xyz,s={Convert.ToBase64String(Salt)},i=2";
            return $"310 {words[1]} continue data={Encoded(_first)}\r\n";
        }

        var proofAt = data.IndexOf(",p=", StringComparison.Ordinal);
        var message = $"{_bare},{_first},{data[..proofAt]}";
        var salted = Rfc2898DeriveBytes.Pbkdf2("wonderland", Salt, 2, HashAlgorithmName.SHA256, 32);
        var clientKey = HMACSHA256.HashData(salted, "Client Key"u8);
        var signature = HMACSHA256.HashData(SHA256.HashData(clientKey), Encoding.UTF8.GetBytes(message));
        var proof = Convert.FromBase64String(data[(proofAt + 3)..]);
        if (!proof.Zip(signature, (p, s) => (byte)(p ^ s)).SequenceEqual(clientKey))
            return $"435 {words[1]} auth-failed\r\n";
        var verifier = HMACSHA256.HashData(
            HMACSHA256.HashData(salted, "Server Key"u8), Encoding.UTF8.GetBytes(message));
        return $"200 {words[1]} ok data={Encoded($"v={Convert.ToBase64String(verifier)}")}\r\n";
    }

    private static string Encoded(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
