using Presence.Client.Connections;
using Presence.Model.Addresses;

namespace Presence.Client.Peers;

/// <summary>
/// A conversation with one partner that goes over a direct connection while there is one, and through the home servers
/// otherwise; messages are neither lost nor shown twice by the change (docs/protocol/transports.md, "Peer-to-peer"). It
/// reads the session's events from now on, so <see cref="Events"/> must be read in their place, also while other
/// members wait. The session stays the caller's.
/// </summary>
public sealed partial class PeerConversation : IAsyncDisposable
{
    private readonly PresenceSession _home;
    private readonly PeerOptions _options;
    private readonly PeerEvents _events = new();
    private readonly SeenMessages _seen = new();
    private readonly OwnerRulesSource _rules;
    private readonly PeerIntake _intake;
    private readonly PeerDoor _door;
    private readonly PeerSender _sender;
    private readonly PeerWatches _watches;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _lock = new();
    private readonly List<Task> _running = [];
    private PeerLink? _link;

    /// <param name="home">A bound session.</param>
    /// <param name="partner">Whom the conversation is with.</param>
    /// <param name="options">Null for the defaults.</param>
    public PeerConversation(PresenceSession home, Address partner, PeerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(home);
        (_home, Partner, _options) = (home, partner, options ?? new PeerOptions());
        _rules = new OwnerRulesSource(home, partner, _options);
        _intake = new PeerIntake(partner, _seen, _events);
        _door = new PeerDoor(home, _rules, _intake, _options.Time);
        _sender = new PeerSender(home);
        _watches = new PeerWatches(home, partner);
        Start(Pump());
    }

    public Address Partner { get; }

    /// <summary>True while messages go over a direct connection.</summary>
    public bool IsDirect => Direct is not null;

    private PeerLink? Direct => Volatile.Read(ref _link) is { Ended.IsCompleted: false } link ? link : null;

    /// <summary>
    /// All events of the session and of the direct connection, and <see cref="PeerChange"/> when the way changes. Asking
    /// for the next one acknowledges the one before.
    /// </summary>
    /// <exception cref="PipConnectionException">The session's connection ended.</exception>
    public IAsyncEnumerable<PresenceEvent> Events(CancellationToken cancellation = default) =>
        _events.ReadAll(cancellation);

    /// <summary>Sends plain text. A refusal is a result, not an exception.</summary>
    /// <param name="text">What to say.</param>
    /// <param name="wants">Receipts to ask for: <c>delivered</c>, <c>displayed</c>; null for none.</param>
    /// <param name="cancellation">Ends the waiting, not the sending.</param>
    public Task<SendResult> Send(
        string text, IEnumerable<string>? wants = null, CancellationToken cancellation = default)
    {
        var message = PeerMessage.Of(Partner, text, wants ?? []);
        return message.Body.Length > Math.Min(_home.Offer.MaxBody, PeerLink.MaxBody)
            ? Task.FromResult(new SendResult(message.Mid, 413, "body-too-large", Text: null))
            : _sender.Send(message, () => Direct, cancellation);
    }

    /// <summary>
    /// Tells the partner that a person has seen his message. Of one that came over a direct connection that is gone he
    /// hears nothing any more.
    /// </summary>
    public async Task Displayed(Message message, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (!_intake.IsDirect(message.Mid))
            await _home.Displayed(message, cancellation);
        else if (message.Wants.Contains("displayed"))
            Direct?.Tell(PeerReceipts.Of(message.Mid, "displayed"));
    }

    /// <summary>Reads a property of the partner; null if there is none.</summary>
    public async Task<PropertyValue?> Get(PropertyPath path, CancellationToken cancellation = default)
    {
        var place = new Place(Partner, path);
        if (Direct is not { } link)
            return await _home.Get(place, cancellation);

        try
        {
            var answer = await link.Request((ref writer, tag) =>
            {
                writer.Request("GET", tag, place.ToString());
                writer.End();
            }, cancellation);
            if (answer.Code == 200)
                return PropertyValue.Of(ServerAnswer.Of(answer));
        }
        catch (Exception exception) when (exception is PipConnectionException or TimeoutException)
        {
            // The home server knows it as well.
        }

        return await _home.Get(place, cancellation);
    }

    /// <summary>Watches a property of the partner while the session lasts; the values come in <see cref="Events"/>.</summary>
    /// <returns>Pending until the partner has decided.</returns>
    /// <exception cref="PipRefusedException">He does not allow it.</exception>
    public async Task<SubscriptionState> Watch(PropertyPath path, CancellationToken cancellation = default)
    {
        var state = await _watches.GoHome(path, cancellation);
        if (Direct is { } link)
            await _watches.GoDirect(link, path, cancellation);

        return state;
    }

    /// <summary>Ends the direct connection. The session goes on, but nobody reads its events any more.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        while (TryTake(out var running))
            await running;

        _events.Complete(why: null);
        _sender.Dispose();
        _rules.Dispose();
        _meeting.Dispose();
        _stopping.Dispose();
    }

    private void Start(Task running)
    {
        lock (_lock)
        {
            _running.RemoveAll(task => task.IsCompleted);
            _running.Add(running);
        }
    }

    private bool TryTake([System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out Task running)
    {
        lock (_lock)
        {
            running = _running.LastOrDefault();
            return running is not null && _running.Remove(running);
        }
    }
}
