namespace Presence.Cli.Admin;

/// <summary>Answer to GET /admin/users/{address}/export.</summary>
internal sealed record Exported(string User, IReadOnlyList<ExportedThing> Items);

internal sealed record ExportedThing(string What, string Name, string Value, DateTimeOffset? At);

/// <summary>Answer to POST /admin/users/{address}/erase.</summary>
internal sealed record Erased(string User, int Items, int Others);

/// <summary>Answer to GET /admin/users/{address}/watchers.</summary>
internal sealed record WatcherList(IReadOnlyList<WatcherRow> Watchers);

internal sealed record WatcherRow(
    string Watcher, string Id, string Path, string State, string Seen, DateTimeOffset Since, DateTimeOffset Expires);
