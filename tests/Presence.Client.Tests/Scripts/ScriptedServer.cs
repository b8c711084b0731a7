using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Presence.Client.Connections;
using Presence.Model.Addresses;

namespace Presence.Client.Tests.Scripts;

/// <summary>A server for one connection that says and hears what the test tells it to, frame by frame.</summary>
public sealed class ScriptedServer : IAsyncDisposable
{
    // Never reached by a test that passes; a test that hangs fails with what it waited for.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2? _certificate;
    private readonly string _protocol;
    private Stream? _stream;

    public ScriptedServer(X509Certificate2? certificate = null, string protocol = "pip/1")
    {
        (_certificate, _protocol) = (certificate, protocol);
        _listener.Start();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Name { get; private set; } = "";

    public PipConnectionOptions Options => new()
    {
        Host = "127.0.0.1",
        Port = Port,
        Domain = Domain.Parse("localhost"),
        UseTls = _certificate is not null,
    };

    /// <summary>Connects a client and greets it.</summary>
    public async Task<PipConnection> Greet(PipConnectionOptions? options = null)
    {
        var connecting = PipConnection.Connect(options ?? Options);
        await Accept();
        await Say("220 0 ready v=1.0 id=test");
        return await connecting.WaitAsync(Patience);
    }

    public async Task Accept()
    {
        var socket = await _listener.AcceptSocketAsync().WaitAsync(Patience);
        _stream = new NetworkStream(socket, ownsSocket: true);
        if (_certificate is null)
            return;

        var tls = new SslStream(_stream);
        _stream = tls;
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(_certificate, null, offline: true),
            ApplicationProtocols = _protocol.Length == 0 ? null : [new SslApplicationProtocol(_protocol)],
        }).WaitAsync(Patience);
        Name = tls.TargetHostName;
    }

    /// <summary>Sends lines, each with its CR LF.</summary>
    public Task Say(params string[] lines) => SayExactly(string.Concat(lines.Select(line => line + "\r\n")));

    public async Task SayExactly(string octets) => await _stream!.WriteAsync(Encoding.UTF8.GetBytes(octets));

    /// <summary>The next frame; its body, if any, stands after a bar. Null at the end of the stream.</summary>
    public async Task<string?> Hear()
    {
        if (await Line() is not { } line)
            return null;

        if (!line.EndsWith('}'))
            return line;

        var body = new byte[int.Parse(line[(line.LastIndexOf('{') + 1)..^1])];
        await _stream!.ReadExactlyAsync(body).AsTask().WaitAsync(Patience);
        await Line();
        return $"{line}|{Encoding.UTF8.GetString(body)}";
    }

    /// <summary>Hears exactly this, and answers.</summary>
    public async Task Exchange(string heard, params string[] answers)
    {
        Assert.Equal(heard, await Hear());
        await Say(answers);
    }

    public async Task HangUp()
    {
        if (_stream is not null)
            await _stream.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await HangUp();
        _listener.Dispose();
    }

    private async Task<string?> Line()
    {
        var line = new List<byte>();
        var octet = new byte[1];
        while (await _stream!.ReadAsync(octet).AsTask().WaitAsync(Patience) > 0)
        {
            if (octet[0] == '\n')
                return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');

            line.Add(octet[0]);
        }

        return null;
    }
}
