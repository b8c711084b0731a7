namespace Presence.Soak.Histories;

/// <summary>Everything that one client asked and was told, in its order.</summary>
/// <param name="Owner">The address of its user.</param>
internal sealed record History(
    string Owner, IReadOnlyList<Call> Calls, IReadOnlyList<Told> Events, IReadOnlyList<Sitting> Sittings)
{
    /// <summary>What the server sent that is no frame.</summary>
    public IReadOnlyList<string> Garbage { get; init; } = [];

    /// <summary>The session that lives when the history ends.</summary>
    public Sitting? Last => Sittings.Count > 0 && Sittings[^1].IsLast ? Sittings[^1] : null;

    public Sitting? SittingOf(int number) => Sittings.FirstOrDefault(sitting => sitting.Number == number);
}
