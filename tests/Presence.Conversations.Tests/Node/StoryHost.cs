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
    private int _open;

    public string Domain => "localhost";

    /// <summary>What carries the connections of an actor who says no more than `connect` or `login`.</summary>
    public Func<string, string> Carrier { get; init; } = _ => "";

    public async Task<Stream> Connect(string actor, ConnectKind kind, CancellationToken cancel)
    {
        var stream = await Open(actor, kind, cancel);
        Interlocked.Increment(ref _open);
        return new CountedStream(stream, () => Interlocked.Decrement(ref _open));
    }

    private async Task<Stream> Open(string actor, ConnectKind kind, CancellationToken cancel)
    {
        var carrier = kind == ConnectKind.ClearText ? Carrier(actor) : "";
        if (carrier == "grpc")
            return new GrpcStream(node.GrpcPort);
        kind = carrier switch
        {
            "tls" => ConnectKind.Tls,
            "ws" => ConnectKind.WebSocket,
            _ => kind,
        };
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

    /// <summary>
    /// What was done before the clock moves has happened, and what falls due has happened when it has moved: else a change
    /// could fall into the wrong moment, and the next one would be held back for ever while the clock stands still.
    /// </summary>
    public async Task AdvanceClock(TimeSpan by, CancellationToken cancel)
    {
        await Settle(cancel);
        node.Clock.Advance(by);
        await Settle(cancel);
    }

    /// <summary>
    /// Connections that were cut are noticed; then each user's grain is asked something, and answers when it has done all that
    /// it was told before.
    /// </summary>
    private async Task Settle(CancellationToken cancel)
    {
        await node.Sessions.AtMost(Volatile.Read(ref _open), cancel);
        foreach (var user in _users)
            await node.Grains.GetUser(user).PassphraseFor(PropertyPath.Root);
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
