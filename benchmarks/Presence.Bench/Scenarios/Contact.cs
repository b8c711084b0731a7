namespace Presence.Bench.Scenarios;

/// <summary>One user who may watch another, and does.</summary>
/// <param name="IsMutual">True if both do.</param>
internal readonly record struct Contact(int Owner, int Watcher, bool IsMutual = false);
