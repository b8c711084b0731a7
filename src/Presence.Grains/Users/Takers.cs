namespace Presence.Grains.Users;

/// <summary>Who took what was handed over.</summary>
/// <param name="Sessions">The sessions that took it.</param>
/// <param name="IsUnsure">
/// True if a gateway did not answer, whose session may have taken it all the same, or if the user may be there unknown to the grain.
/// </param>
internal sealed record Takers(IReadOnlyList<string> Sessions, bool IsUnsure)
{
    public static readonly Takers None = new([], IsUnsure: false);

    public int Count => Sessions.Count;
}
