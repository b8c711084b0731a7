namespace Presence.Cli.Admin;

/// <summary>Answer to GET /admin/sessions.</summary>
internal sealed record SessionList(IReadOnlyList<SessionRow> Sessions, int Total);

internal sealed record SessionRow(
    string Id, string User, string Endpoint, bool IsParked, string Transport, string Remote, DateTimeOffset Since,
    QueueDepth Queue, int Watches);

/// <param name="Events">Not acknowledged.</param>
/// <param name="Unsent">Not written yet.</param>
/// <param name="Octets">What they cost.</param>
internal sealed record QueueDepth(int Events, int Unsent, int Octets);

/// <summary>Answer to a kick.</summary>
internal sealed record Ended(int Count);

/// <summary>Answer to POST /admin/drain.</summary>
internal sealed record Drained(int Open);

/// <summary>Body of POST /admin/announce.</summary>
internal sealed record Announcement(string Text);

/// <summary>Answer to it.</summary>
internal sealed record Announced(int Count);

/// <summary>Answer to GET /admin/domains.</summary>
internal sealed record DomainList(IReadOnlyList<string> Hosted, IReadOnlyList<PeerRow> Peers);

internal sealed record PeerRow(string Domain, string State, DateTimeOffset? Since);

/// <summary>Answer to GET /admin/stats.</summary>
internal sealed record NodeReport(
    string Gateway, DateTimeOffset Started, bool IsDraining, int Connections, int Sessions, int Parked, int Users,
    int Watches, QueueDepth Queued, NodeCounts Counted);

internal sealed record NodeCounts(
    long Connections, long Requests, long Refused, long Failed, long Batches, long Notices);
