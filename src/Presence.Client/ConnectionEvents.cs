namespace Presence.Client;

/// <summary>
/// Word about the connection of a <see cref="PresenceClient"/> itself. After each <see cref="Disconnected"/> comes exactly
/// one <see cref="Resumed"/> or <see cref="Resynced"/>, unless the client ends before.
/// </summary>
/// <param name="Time">By this side's clock.</param>
public abstract record ConnectionEvent(DateTimeOffset? Time) : PresenceEvent(0, Time);

/// <summary>The first session has begun.</summary>
/// <param name="Time">By this side's clock.</param>
public sealed record Connected(DateTimeOffset? Time) : ConnectionEvent(Time);

/// <summary>
/// The connection is lost and is being made anew. What was known of others may be out of date from here on, and requests
/// wait.
/// </summary>
/// <param name="Time">By this side's clock.</param>
/// <param name="Code">What the server said when it closed, such as 421; 0 if it said nothing.</param>
/// <param name="Reason">Reason word, see <see cref="Connections.PipConnectionException"/>.</param>
/// <param name="Text">A sentence for people.</param>
public sealed record Disconnected(DateTimeOffset? Time, int Code, string Reason, string Text) : ConnectionEvent(Time);

/// <summary>The same session goes on: nothing was missed, what happened meanwhile follows.</summary>
/// <param name="Time">By this side's clock.</param>
/// <param name="Outage">How long there was no connection.</param>
public sealed record Resumed(DateTimeOffset? Time, TimeSpan Outage) : ConnectionEvent(Time);

/// <summary>
/// A new session has taken the place of the lost one. The present value of everything watched follows where it changed.
/// May have been missed: values in between, receipts, word about watchers, members and invitations, and messages whose
/// senders did not repeat them. Own messages that were not known to have arrived are sent again under their numbers.
/// </summary>
/// <param name="Time">By this side's clock.</param>
/// <param name="Outage">How long there was no connection.</param>
/// <param name="Changes">How many of the places watched changed meanwhile, or are watched no more.</param>
public sealed record Resynced(DateTimeOffset? Time, TimeSpan Outage, int Changes) : ConnectionEvent(Time);
