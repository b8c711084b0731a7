namespace Presence.Soak.Checking;

/// <summary>A promise of docs/soak.md that the histories show broken.</summary>
/// <param name="Rule">Its name there, for example M2.</param>
/// <param name="Excerpt">The entries of the histories that show it, each with time and user.</param>
/// <param name="MayCome">True if something is missing that could still arrive.</param>
internal sealed record Violation(string Rule, string What, IReadOnlyList<string> Excerpt, bool MayCome = false);
