namespace Presence.Sessions.Administration;

/// <summary>How a gateway is: what it holds now, and what it has counted since its start.</summary>
/// <param name="Gateway">Name of the instance, as greetings show it.</param>
/// <param name="Started">Since when it counts.</param>
/// <param name="IsDraining">True if it takes no more sessions.</param>
/// <param name="Connections">Open connections, those that are not bound included.</param>
/// <param name="Sessions">Sessions, parked ones included.</param>
/// <param name="Parked">Sessions that wait to be resumed.</param>
/// <param name="Users">Users with a session here.</param>
/// <param name="Watches">Subscriptions that report here.</param>
/// <param name="Queued">What waits in all outboxes together.</param>
/// <param name="Counted">Sums since the start.</param>
public sealed record GatewayReport(
    string Gateway, DateTimeOffset Started, bool IsDraining, int Connections, int Sessions, int Parked, int Users,
    int Watches, QueueDepth Queued, GatewayCounts Counted);

/// <param name="Connections">Connections that were opened.</param>
/// <param name="Requests">Requests that were answered.</param>
/// <param name="Refused">Refusals among them: what the client asked cannot be done.</param>
/// <param name="Failed">Those that failed by the node's own fault: 500 and 503.</param>
/// <param name="Batches">Batches of changes that came for watchers behind this gateway.</param>
/// <param name="Notices">Messages, receipts and requests that grains handed to sessions.</param>
public sealed record GatewayCounts(
    long Connections, long Requests, long Refused, long Failed, long Batches, long Notices);
