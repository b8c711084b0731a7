namespace Presence.Hosting.Options;

/// <summary>What values a key may have.</summary>
/// <param name="Range">For people: the range, or the form.</param>
/// <param name="Fault">Null if a value is good, else a clause that says what is wrong with it.</param>
public sealed record OptionRule(string Range, Func<string, string?> Fault);
