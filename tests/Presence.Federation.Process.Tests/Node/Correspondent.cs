using System.Collections.Concurrent;
using Presence.Client;

namespace Presence.Federation.Process.Tests.Node;

/// <summary>
/// Somebody who watches and writes to one person in the other domain, and notes what he was told. His client finds back to
/// his own node by itself.
/// </summary>
internal sealed class Correspondent : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly ClientDoor _door;
    private readonly PresenceClient _client;
    private readonly string _other;
    private readonly CancellationTokenSource _leaving = new();
    private readonly ConcurrentQueue<string> _received = new();
    private readonly ConcurrentDictionary<string, Task<Delivery>> _accepted = new();
    private Task _reading = Task.CompletedTask;
    private volatile string? _seen;

    private Correspondent(ClientDoor door, PresenceClient client, string other) =>
        (_door, _client, _other) = (door, client, other);

    /// <summary>What he last saw of the other's note.</summary>
    public string? Seen => _seen;

    /// <summary>Texts of the messages that he got, in their order.</summary>
    public IReadOnlyCollection<string> Received => _received;

    /// <summary>Texts that his own node took over, and what becomes of each.</summary>
    public IReadOnlyDictionary<string, Task<Delivery>> Accepted => _accepted;

    public static async Task<Correspondent> Enter(DomainProcess home, string account, string other)
    {
        await home.AddUser(account, "wonderland");
        var door = new ClientDoor(home);
        var client = await PresenceClient.ConnectAsync(new PresenceClientOptions
        {
            Account = account,
            Password = "wonderland",
            Server = door.Uri,
            ReconnectMin = TimeSpan.FromMilliseconds(100),
            ReconnectMax = TimeSpan.FromSeconds(1),
        });
        await client.ApproveAsync(other);
        return new Correspondent(door, client, other);
    }

    /// <summary>Begins to watch and to read. The other must be there: who is not known stays silent for ever.</summary>
    public void Listen() => _reading = Task.WhenAll(Watch(), Read());

    /// <summary>What he was told so far, for a test that fails.</summary>
    public override string ToString() =>
        $"who writes to {_other} is {_client.State}, sees '{_seen}', got {_received.Count} messages, {_accepted.Count} of his own were accepted";

    /// <summary>Changes his note and writes a message, again and again, with whatever comes of it.</summary>
    public async Task Talk(CancellationToken ending)
    {
        using var timer = new PeriodicTimer(Pause);
        for (var number = 1; !ending.IsCancellationRequested; number++)
        {
            await Try(() => _client.SetAsync("~/note", $"{number}", CancellationToken.None));
            await Try(async () =>
            {
                var text = $"{number}";
                _accepted[text] = (await _client.SendAsync(_other, text, cancellation: CancellationToken.None)).Delivery;
            });
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    /// <summary>Sets his note, however often it has to be tried.</summary>
    public async Task Note(string text, CancellationToken inTime)
    {
        using var timer = new PeriodicTimer(Pause);
        while (!await Try(() => _client.SetAsync("~/note", text, inTime)))
            await timer.WaitForNextTickAsync(inTime);
    }

    public async ValueTask DisposeAsync()
    {
        await _leaving.CancelAsync();
        await _reading;
        await _client.DisposeAsync();
        await _door.DisposeAsync();
        _leaving.Dispose();
    }

    /// <summary>False if the node refused it, or did not answer: he was told so.</summary>
    private static async Task<bool> Try(Func<Task> act)
    {
        try
        {
            await act();
            return true;
        }
        catch (PresenceException)
        {
            return false;
        }
    }

    private async Task Watch()
    {
        try
        {
            await foreach (var change in _client.WatchAsync($"{_other}/note", _leaving.Token))
                _seen = change.Value ?? _seen;
        }
        catch (OperationCanceledException)
        {
            // He leaves.
        }
    }

    private async Task Read()
    {
        try
        {
            await foreach (var message in _client.MessagesAsync(_leaving.Token))
                _received.Enqueue(message.Text);
        }
        catch (OperationCanceledException)
        {
            // He leaves.
        }
    }
}
