namespace Presence.Client;

/// <summary>Somebody who is interested in this account.</summary>
/// <param name="Who">An address, or another principal such as <c>anon</c>.</param>
/// <param name="What"><c>sub</c> or <c>query</c>.</param>
/// <param name="State"><c>active</c>, <c>pending</c>, <c>waiting</c>, <c>blocked</c>; null for a query.</param>
public sealed record WatcherEntry(string Who, string What, string? State);

/// <summary>Somebody in a group.</summary>
/// <param name="Role">Null unless a member.</param>
/// <param name="State">Null for a member; else <c>pending</c> or <c>invited</c>, told to moderators only.</param>
public sealed record GroupMember(string Who, string? Role, string? State);
