namespace Presence.Bench.Links;

/// <summary>What a server told a client.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="User">Whom it is about: the owner of a value, the author of a message, who asks; -1 if none was found.</param>
/// <param name="Number">Of the value or message; 0 is the value that a user has before he says the first number.</param>
internal readonly record struct Happening(HappeningKind Kind, int User, int Number);
