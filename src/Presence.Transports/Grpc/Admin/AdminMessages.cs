using Google.Protobuf.WellKnownTypes;
using Presence.Model.Subscriptions;
using Presence.Sessions.Administration;
using Presence.V1;
using QueueDepth = Presence.V1.QueueDepth;

namespace Presence.Transports.Grpc.Admin;

/// <summary>Reports as messages.</summary>
internal static class AdminMessages
{
    public static SessionInfo Of(SessionReport session) => new()
    {
        Id = session.Id,
        User = session.User,
        Endpoint = session.Endpoint,
        Parked = session.IsParked,
        Transport = session.Transport,
        Remote = session.Remote,
        Since = session.Since.ToTimestamp(),
        Queue = Of(session.Queue),
        Watches = session.Watches,
    };

    public static PeerDomain Of(PeerReport peer) =>
        new() { Domain = peer.Domain, State = peer.State, Since = peer.Since?.ToTimestamp() };

    public static Statistics Of(GatewayReport report) => new()
    {
        Gateway = report.Gateway,
        Started = report.Started.ToTimestamp(),
        Draining = report.IsDraining,
        Connections = report.Connections,
        Sessions = report.Sessions,
        Parked = report.Parked,
        Users = report.Users,
        Watches = report.Watches,
        Queued = Of(report.Queued),
        ConnectionsOpened = report.Counted.Connections,
        Requests = report.Counted.Requests,
        Refused = report.Counted.Refused,
        Failed = report.Counted.Failed,
        Batches = report.Counted.Batches,
        Notices = report.Counted.Notices,
    };

    public static ExportedItem Of(Contracts.Users.ExportedItem item) =>
        new() { What = item.What, Name = item.Name, Value = item.Value, At = item.At?.ToTimestamp() };

    public static WatcherInfo Of(Subscription entry) => new()
    {
        Watcher = entry.Watcher.ToString(),
        Id = entry.Id,
        Path = entry.Path.ToString(),
        State = entry.State.ToString().ToLowerInvariant(),
        Seen = entry.SeenAs.ToString().ToLowerInvariant(),
        Since = entry.Since.ToTimestamp(),
        Expires = entry.Expires.ToTimestamp(),
    };

    private static QueueDepth Of(Sessions.Administration.QueueDepth queue) =>
        new() { Events = queue.Events, Unsent = queue.Unsent, Octets = queue.Octets };
}
