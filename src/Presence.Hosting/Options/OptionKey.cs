namespace Presence.Hosting.Options;

/// <summary>One key of the configuration: the source of its check and of its description alike.</summary>
/// <param name="Key">The whole key; <c>#</c> in place of an index.</param>
/// <param name="Default">As it would be written; empty if there is none.</param>
/// <param name="Rule">Which values are good.</param>
/// <param name="Meaning">One line for people, with the unit if there is one.</param>
/// <param name="IsSecret">The value never shows, not even when it is wrong.</param>
public sealed record OptionKey(string Key, string Default, OptionRule Rule, string Meaning, bool IsSecret = false);
