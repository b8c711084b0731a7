using System.Collections.Concurrent;
using Presence.Model.Addresses;
using Presence.Sessions.Authentication;
using Presence.Sessions.Delivery;
using Presence.Sessions.Transport;

namespace Presence.Sessions.Connections;

/// <summary>
/// What is known of one client while its connection lives: the handlers' workbench. Its connection runs handlers one at
/// a time; deliveries come from other threads and touch only <see cref="Outbox"/> and <see cref="Watches"/>.
/// </summary>
public sealed class Session(SessionTransport transport, Outbox outbox, TimeProvider time)
{
    public SessionTransport Transport { get; } = transport;

    public Outbox Outbox { get; } = outbox;

    /// <summary>The presence clock's time.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    public Phase Phase { get; set; }

    /// <summary>The domain agreed on by HELLO.</summary>
    public Domain Domain { get; set; }

    /// <summary>What is offered and what goes on; set by HELLO.</summary>
    public SaslDialogue? Dialogue { get; set; }

    /// <summary>The authenticated user.</summary>
    public Address User { get; set; }

    public string? Endpoint { get; set; }

    /// <summary>Name of the session over all gateways; set by BIND.</summary>
    public string? Id { get; set; }

    /// <summary>What this session is told of, by subscription id.</summary>
    internal ConcurrentDictionary<string, Watch> Watches { get; } = new(StringComparer.Ordinal);

    /// <summary>Ends the connection from outside with <c>421 0 reason</c>; set by the connection.</summary>
    internal Action<string> End { get; set; } = _ => { };
}
