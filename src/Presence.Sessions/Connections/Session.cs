using System.Collections.Concurrent;
using Presence.Contracts.Users;
using Presence.Model.Addresses;
using Presence.Model.Properties;
using Presence.Sessions.Authentication;
using Presence.Sessions.Delivery;
using Presence.Sessions.Metrics;
using Presence.Sessions.Transport;

namespace Presence.Sessions.Connections;

/// <summary>
/// What is known of one client: the handlers' workbench. It begins with a connection; once BIND has made it a session it
/// outlives connections. The connection that has it runs handlers one at a time; deliveries come from other threads
/// and touch only <see cref="Outbox"/> and <see cref="Watches"/>.
/// </summary>
public sealed class Session(
    SessionTransport transport, SessionOptions options, SessionMetrics metrics, TimeProvider time)
{
    private int _isClaimed;

    /// <summary>The present connection's transport; of a parked session, that of the last.</summary>
    public SessionTransport Transport { get; internal set; } = transport;

    public Outbox Outbox { get; } = transport.Admission is { } admission
        ? new(Admission.MaxEvents, Admission.MaxQueuedOctets) { MaxEvent = admission.MaxEvent, Metrics = metrics }
        : new(options.Events, options.MaxQueuedOctets) { Metrics = metrics };

    /// <summary>When it began, or came to this gateway.</summary>
    public DateTimeOffset Since { get; } = time.GetUtcNow();

    /// <summary>The presence clock's time.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    public Phase Phase { get; set; }

    /// <summary>The domain agreed on by HELLO.</summary>
    public Domain Domain { get; set; }

    /// <summary>What is offered and what goes on; set by HELLO, null once bound.</summary>
    public SaslDialogue? Dialogue { get; set; }

    /// <summary>The authenticated user.</summary>
    public Address User { get; set; }

    public string? Endpoint { get; set; }

    /// <summary>Name of the session over all gateways; set by BIND.</summary>
    public string? Id { get; set; }

    /// <summary>Which subscriptions of the user report here (<c>subs=</c>); null for all.</summary>
    internal IReadOnlySet<string>? Reports { get; set; }

    /// <summary>What this session is told of, by subscription id. Small at first: many sessions watch nothing (<c>bench idle</c>).</summary>
    internal ConcurrentDictionary<string, Watch> Watches { get; } = new(concurrencyLevel: 1, capacity: 1, StringComparer.Ordinal);

    /// <summary>Replies by tag. Tags before BIND belong to the connection, so BIND begins anew.</summary>
    internal ReplyCache Replies { get; set; } = new(time);

    /// <summary>As its endpoint was bound; null before.</summary>
    internal EndpointBinding? Binding { get; set; }

    /// <summary>What it must tell silos that have lost their memory.</summary>
    internal Assertions Assertions { get; } = new();

    internal MessageLedger Ledger { get; } = new();

    /// <summary>False while no other endpoint of the user takes copies of what this session sends.</summary>
    internal bool OffersCopies { get; set; } = true;

    /// <summary>Ends when its grain was told, as far as it can be, what the client has acknowledged. Never fails.</summary>
    internal Task Telling { get; set; } = Task.CompletedTask;

    /// <summary>What resumes it; null if it ends with its connection.</summary>
    internal ResumeKey? Key { get; set; }

    /// <summary>The connection that has it; null while it is parked.</summary>
    internal Connection? Connection { get; set; }

    /// <summary>True once it must not be resumed or served any more.</summary>
    internal bool IsOver { get; set; }

    /// <summary>
    /// True for the one that may now resume or end it; until <see cref="Unclaim"/> everybody else must wait or go away.
    /// </summary>
    internal bool TryClaim() => Interlocked.Exchange(ref _isClaimed, 1) == 0;

    internal void Unclaim() => Volatile.Write(ref _isClaimed, 0);

    /// <summary>What it writes about its own user silos may hold in memory only: it must be able to assert that again.</summary>
    internal void NoteWritten(Address node, IEnumerable<PropertyChange> changes)
    {
        if (node.Equals(User))
            Assertions.Note(changes, Endpoint, Now);
    }

    internal bool IsToldOf(string subscription) => Reports?.Contains(subscription) != false;
}
