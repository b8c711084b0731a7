using System.Net;
using Presence.Client;
using Presence.Client.Connections;
using Presence.Client.Login;
using Presence.Client.Peers;
using Presence.Model.Addresses;
using Presence.Process.Tests.Node;

namespace Presence.Process.Tests.Peers;

/// <summary>A user of a node in a conversation that can go direct, with all that he was told.</summary>
internal sealed class PeerUser : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly List<PresenceEvent> _told = [];
    private readonly Task _listening;
    private TaskCompletionSource _news = new();

    private PeerUser(PresenceSession session, PeerConversation conversation)
    {
        (Session, Conversation) = (session, conversation);
        _listening = Listen();
    }

    public PresenceSession Session { get; }

    public PeerConversation Conversation { get; }

    public IReadOnlyList<string> Texts => [.. Told.OfType<Message>().Select(message => message.Text)];

    public IReadOnlyList<PeerChange> Changes => [.. Told.OfType<PeerChange>()];

    private IReadOnlyList<PresenceEvent> Told
    {
        get
        {
            lock (_lock)
                return [.. _told];
        }
    }

    public static async Task<PeerUser> LogIn(
        NodeProcess node, string address, string password, string partner, PeerOptions? options = null)
    {
        var session = await Open(node, address, password, "talk");
        return new PeerUser(session, new PeerConversation(session, Address.Parse(partner),
            options ?? new PeerOptions { Addresses = [IPAddress.Loopback] }));
    }

    public static Task<PresenceSession> Open(NodeProcess node, string address, string password, string endpoint) =>
        PresenceSession.Open(
            new PipConnectionOptions
            {
                Host = "127.0.0.1",
                Port = node.Pip.Port,
                Domain = Domain.Parse("localhost"),
                UseTls = false,
            },
            Address.Parse(address), password, new BindRequest(endpoint));

    /// <summary>Waits for something to have been told, at any time since the login.</summary>
    public async Task<T> Sees<T>(Func<T, bool> wanted)
        where T : PresenceEvent
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            Task news;
            lock (_lock)
                news = _news.Task;
            if (Told.OfType<T>().FirstOrDefault(wanted) is { } found)
                return found;
            await news.WaitAsync(limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Conversation.DisposeAsync();
        await _listening;
        await Session.DisposeAsync();
    }

    private async Task Listen()
    {
        await foreach (var happened in Conversation.Events())
        {
            TaskCompletionSource news;
            lock (_lock)
            {
                _told.Add(happened);
                (news, _news) = (_news, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            }

            news.SetResult();
        }
    }
}
