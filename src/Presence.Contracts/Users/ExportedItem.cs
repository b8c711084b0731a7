using Presence.Model.Addresses;

namespace Presence.Contracts.Users;

/// <summary>One thing that is known of a user.</summary>
/// <param name="What">Of which kind it is, one word: <c>property</c>, <c>watcher</c>, <c>message</c> …</param>
/// <param name="Name">Which one: a path, an address.</param>
/// <param name="Value">
/// What it says. Octets that are no text come as a data URL (RFC 2397). Secrets are named and not given.
/// </param>
/// <param name="At">Since when, or when; null where nobody has noted it.</param>
/// <param name="Person">Whom the user had to do with by it, whose books may hold a trace of him; null for nobody.</param>
[GenerateSerializer, Immutable, Alias("presence.exported")]
public sealed record ExportedItem(
    [property: Id(0)] string What,
    [property: Id(1)] string Name,
    [property: Id(2)] string Value,
    [property: Id(3)] DateTimeOffset? At = null,
    [property: Id(4)] Address? Person = null);
