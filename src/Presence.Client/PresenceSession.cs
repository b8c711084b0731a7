using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Presence.Client.Connections;
using Presence.Client.Login;
using Presence.Model.Addresses;
using Presence.Protocol.Framing;

namespace Presence.Client;

/// <summary>
/// A bound session in the words of presence: status, subscriptions, messages. Refusals throw
/// <see cref="PipRefusedException"/>, the end of the connection <see cref="PipConnectionException"/>, a missing answer
/// <see cref="TimeoutException"/>.
/// </summary>
public sealed partial class PresenceSession : IAsyncDisposable
{
    private static readonly PropertyPath StatusPath = PropertyPath.Parse("status");
    private static readonly Place OwnStatus = Place.Own(StatusPath);
    private static readonly Place OwnNote = Place.Own(PropertyPath.Parse("note"));
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly PipConnection _connection;

    private PresenceSession(PipConnection connection, ServerOffer offer, Address account, BoundSession bound) =>
        (_connection, Offer, Account, Bound) = (connection, offer, account, bound);

    /// <summary>As the server names it.</summary>
    public Address Account { get; }

    public BoundSession Bound { get; }

    public ServerOffer Offer { get; }

    /// <summary>Connects and logs in.</summary>
    /// <exception cref="PipLoginException">A step of the login was refused.</exception>
    public static async Task<PresenceSession> Open(PipConnectionOptions options, Address account, string password,
        BindRequest bind, CancellationToken cancellation = default)
    {
        var connection = await PipConnection.Connect(options, cancellation);
        try
        {
            return await LogIn(connection, account, password, bind, cancellation);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Logs in on a connection made before; the session owns it from then on, unless this throws.</summary>
    /// <inheritdoc cref="Open"/>
    public static async Task<PresenceSession> LogIn(PipConnection connection, Address account, string password,
        BindRequest bind, CancellationToken cancellation = default)
    {
        var offer = await PipLogin.Hello(connection, cancellation);
        var user = await PipLogin.Authenticate(connection, offer, account, password, cancellation);
        var bound = await PipLogin.Bind(connection, bind, cancellation);
        return new PresenceSession(connection, offer, user, bound);
    }

    /// <summary>
    /// Writes the status of the account over what the server composes from its endpoints, without a lease: it stays
    /// until <see cref="ClearStatus"/>. Each property is written in a request of its own.
    /// </summary>
    /// <param name="token">Such as <c>away</c>; see docs/protocol, section 6.4.</param>
    /// <param name="note">Text for people; null leaves the note as it is.</param>
    public async Task SetStatus(string token, string? note = null, CancellationToken cancellation = default)
    {
        await Set(OwnStatus, token, cancellation);
        if (note is not null)
            await SetNote(note, cancellation);
    }

    public Task SetNote(string note, CancellationToken cancellation = default) => Set(OwnNote, note, cancellation);

    /// <summary>Takes back what <see cref="SetStatus"/> wrote; no error if nothing was. The note stays.</summary>
    public async Task ClearStatus(CancellationToken cancellation = default)
    {
        var answer = await Ask("DEL", OwnStatus.ToString(), cancellation: cancellation);
        if (answer.Code is not (404 or 410))
            answer.Require();
    }

    /// <summary>Reads <c>status</c> of an account; null stands for the own one.</summary>
    public Task<PropertyValue?> GetStatus(Address? of = null, CancellationToken cancellation = default) =>
        Get(of is { } address ? new Place(address, StatusPath) : OwnStatus, cancellation);

    public Task<PropertyValue?> GetNote(CancellationToken cancellation = default) => Get(OwnNote, cancellation);

    /// <summary>Reads one property; null if there is none.</summary>
    public async Task<PropertyValue?> Get(Place property, CancellationToken cancellation = default)
    {
        var answer = await Ask("GET", property.ToString(), cancellation: cancellation);
        if (answer.Code is 404 or 410)
            return null;

        answer.Require();
        var parameters = answer.Parameters;
        return new PropertyValue(
            parameters["val"] ?? "", EventReading.Number(parameters, "ver") ?? 0, EventReading.Time(parameters));
    }

    /// <summary>
    /// Subscribes to a property, or to <c>status</c> if the place is a node. Subscribing again refreshes it and brings
    /// the current value once more, since the number is made from the target. Values come in <see cref="Events"/>.
    /// It outlives this session, until it expires or <see cref="Unsubscribe"/>.
    /// </summary>
    /// <param name="place">An address with or without a path.</param>
    /// <param name="lifetime">Whole seconds; default one day.</param>
    public async Task<Subscription> Subscribe(
        Place place, TimeSpan? lifetime = null, CancellationToken cancellation = default)
    {
        var target = place.Path.IsRoot ? place.At(StatusPath) : place;
        var id = SubscriptionId(target.Resolve(Account));
        var answer = Require(await _connection.Request((ref writer, tag) =>
        {
            writer.Request("SUB", tag, target.ToString());
            writer.Param("id", id);
            writer.Param("expires", (long)(lifetime ?? TimeSpan.FromDays(1)).TotalSeconds);
            writer.End();
        }, cancellation));
        return new Subscription(
            id, target, answer.Code == 202 ? SubscriptionState.Pending : SubscriptionState.Active);
    }

    public async Task Unsubscribe(string subscriptionId, CancellationToken cancellation = default) =>
        Require(await _connection.Request((ref writer, tag) =>
        {
            writer.Request("UNSUB", tag, subscriptionId);
            writer.End();
        }, cancellation));

    /// <summary>
    /// Lets somebody see the own presence and send messages: the server's default rights (docs/protocol, section 2.8).
    /// </summary>
    public async Task Approve(Address who, CancellationToken cancellation = default) =>
        Require(await _connection.Request((ref writer, tag) =>
        {
            writer.Request("APPROVE", tag, "~");
            writer.Param("who", who.ToString());
            writer.End();
        }, cancellation));

    /// <summary>Sends plain text. A refusal is a result, not an exception.</summary>
    /// <param name="wants">Receipts to ask for: <c>delivered</c>, <c>displayed</c>; null for none.</param>
    public async Task<SendResult> Send(
        Address to, string text, IEnumerable<string>? wants = null, CancellationToken cancellation = default)
    {
        var mid = RandomNumberGenerator.GetHexString(24, lowercase: true);
        var body = Encoding.UTF8.GetBytes(text);

        // A longer body would cost the connection (F6).
        if (body.Length > Offer.MaxBody)
            return new SendResult(mid, 413, "body-too-large", $"the server takes {Offer.MaxBody} octets");

        var want = string.Join(',', wants ?? []);
        var answer = await _connection.Request((ref writer, tag) =>
        {
            writer.Request("SEND", tag, to.ToString());
            writer.Param("mid", mid);
            writer.Param("type", "text/plain;charset=utf-8");
            if (want.Length > 0)
                writer.Param("want", want);

            writer.End(body);
        }, cancellation);
        return new SendResult(mid, answer.Code, answer.Reason, answer.Parameters["text"]);
    }

    /// <summary>Tells the sender that a person has seen the message.</summary>
    public async Task Displayed(Message message, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        Require(await _connection.Request((ref writer, tag) =>
        {
            writer.Request("RECEIPT", tag, message.From.ToString());
            writer.Param("mid", message.Mid);
            writer.Param("disp", "displayed");
            writer.End();
        }, cancellation));
    }

    /// <summary>
    /// All events in order. Asking for the next one acknowledges the one before, so an event that was not dealt with
    /// is not confirmed; <see cref="Acknowledge"/> does it sooner. Read by one consumer. Events of other kinds are
    /// acknowledged and passed over (TOK-13).
    /// </summary>
    /// <exception cref="PipConnectionException">The connection ended without <see cref="DisposeAsync"/>.</exception>
    public async IAsyncEnumerable<PresenceEvent> Events(
        [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var frame in _connection.Events.ReadAllAsync(cancellation))
        {
            if (EventReading.Read(frame) is { } known)
                yield return known;

            _connection.Acknowledge(frame.Number);
        }
    }

    public void Acknowledge(PresenceEvent upTo)
    {
        ArgumentNullException.ThrowIfNull(upTo);
        _connection.Acknowledge(upTo.Sequence);
    }

    /// <summary>Says QUIT, waits two seconds at most for the answer, and closes. Does not throw.</summary>
    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(Farewell, _connection.Options.Time);
        try
        {
            await _connection.Quit(patience.Token);
        }
        catch (Exception exception) when (exception is PipConnectionException or OperationCanceledException
            or TimeoutException)
        {
            // The session ends with the connection all the same.
        }

        await _connection.DisposeAsync();
    }

    private async Task Set(Place property, string value, CancellationToken cancellation) =>
        Require(await _connection.Request((ref writer, tag) =>
        {
            writer.Request("SET", tag, property.ToString());
            writer.Param("val", value);
            writer.End();
        }, cancellation));

    private static Frame Require(Frame answer) =>
        answer.Code is >= 200 and < 300 ? answer : throw PipRefusedException.By(ServerAnswer.Of(answer));

    // The same on every endpoint of the account, so that subscribing again never piles up (section 2.6).
    private static string SubscriptionId(Place target) =>
        "w-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(target.ToString())).AsSpan(0, 8));
}
