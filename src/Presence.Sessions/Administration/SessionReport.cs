namespace Presence.Sessions.Administration;

/// <summary>One session as an administrator sees it.</summary>
/// <param name="Id">Its name over all gateways; the holder of it cannot resume with it.</param>
/// <param name="User">Address of its user.</param>
/// <param name="Endpoint">The endpoint that it is bound to.</param>
/// <param name="IsParked">True while it waits to be resumed.</param>
/// <param name="Transport">What carries it, or carried it last: <c>tcp</c>, <c>tls</c>, <c>websocket</c>, <c>udp</c> or <c>grpc</c>.</param>
/// <param name="Remote">Address and port of the other side.</param>
/// <param name="Since">When it began, or came to this gateway.</param>
/// <param name="Queue">What waits for it.</param>
/// <param name="Watches">Subscriptions that report here.</param>
public sealed record SessionReport(
    string Id, string User, string Endpoint, bool IsParked, string Transport, string Remote, DateTimeOffset Since,
    QueueDepth Queue, int Watches);

/// <summary>What an outbox holds.</summary>
/// <param name="Events">Events that are not acknowledged.</param>
/// <param name="Unsent">Those of them that were not written yet.</param>
/// <param name="Octets">Octets that they cost.</param>
public readonly record struct QueueDepth(int Events, int Unsent, int Octets);
