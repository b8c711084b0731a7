using System.Net.Security;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using Presence.Contracts;
using Presence.Model.Accounts;
using Presence.Model.Addresses;
using Presence.Testing.Conversations;

namespace Presence.Conversations.Tests.Node;

/// <summary>
/// One story's view of the node: its users exist while it is told, and are removed after it, so that stories may use the
/// same names one after the other.
/// </summary>
internal sealed class StoryHost(NodeUnderTest node) : IConversationHost, IAsyncDisposable
{
    private readonly List<Address> _users = [];

    public string Domain => "localhost";

    public async Task<Stream> Connect(string actor, ConnectKind kind, CancellationToken cancel)
    {
        if (kind == ConnectKind.WebSocket)
            return await ConnectWebSocket(cancel);
        var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", kind == ConnectKind.Tls ? node.PipsPort : node.PipPort, cancel);
        client.NoDelay = true;
        if (kind != ConnectKind.Tls)
            return client.GetStream();

        var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = Domain,
                ApplicationProtocols = [new SslApplicationProtocol("pip/1")],
                CertificateChainPolicy = TrustOnly(node.Certificate),
            },
            cancel);
        return tls;
    }

    private async Task<Stream> ConnectWebSocket(CancellationToken cancel)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("pip.1");
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{node.HttpPort}/pip"), cancel);
        return WebSocketStream.Create(socket, WebSocketMessageType.Binary, ownsWebSocket: true);
    }

    public async Task CreateUser(string local, string password, CancellationToken cancel)
    {
        var user = UserOf(local);
        Assert.True(PasswordPreparation.TryPrepareNew(password, out var prepared, out var why), why);
        var verifier = ScramVerifier.Derive(prepared, "a salt for tests"u8, ScramVerifier.MinIterations);
        Assert.Null(await node.Grains.GetAccount(user).Create(verifier));
        _users.Add(user);
    }

    public async Task RemoveUser(string local, CancellationToken cancel)
    {
        var user = UserOf(local);
        _users.Remove(user);
        Assert.Null(await node.Grains.GetAccount(user).Remove());
    }

    public Task AdvanceClock(TimeSpan by, CancellationToken cancel)
    {
        node.Clock.Advance(by);
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var user in _users)
            await node.Grains.GetAccount(user).Remove();
    }

    private Address UserOf(string local) =>
        Address.Parse(local.Contains('@', StringComparison.Ordinal) ? local : $"{local}@{Domain}");

    private static X509ChainPolicy TrustOnly(X509Certificate2 certificate) => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        CustomTrustStore = { certificate },
        RevocationMode = X509RevocationMode.NoCheck,
    };
}
