namespace Presence.Grains;

/// <summary>
/// A stored state that mostly gains entries. It tells what it has gained since it was stored, so that a store that can may write
/// that alone; others write the whole. What is told so is never stored itself. Source: decision 0098.
/// </summary>
/// <typeparam name="T">The state.</typeparam>
public interface IGrowingState<T>
{
    /// <summary>What it has gained since it was stored, as a state with nothing else; null if there is more to it than that.</summary>
    T? Gained { get; }

    /// <summary>Octets that the store lets be written behind it; 0 unless the store says otherwise. Setting it says that all is stored.</summary>
    int Room { get; set; }

    /// <summary>Adds what was gained.</summary>
    void Add(T gained);
}
