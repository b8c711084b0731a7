namespace Presence.Storage.Sqlite;

/// <summary>
/// Knows which states mostly gain entries, and what one has gained since it was stored. Of a long one that alone is written, behind what
/// is stored, until it is time to write the whole again. Source: decision 0098.
/// </summary>
public interface IStateGrowth
{
    /// <summary>True for states that may be written so.</summary>
    bool Covers<T>(T state);

    /// <summary>
    /// What it has gained since it was stored, as a state with nothing else; default if there is more to it than that. Is not asked
    /// for more octets than <see cref="RoomOf{T}"/> has left.
    /// </summary>
    T? GainedBy<T>(T state);

    /// <summary>Adds what was written behind a state to it.</summary>
    void Add<T>(T state, T gained);

    /// <summary>As <see cref="Stored{T}"/> said it last of the state that this one comes after; 0 before.</summary>
    int RoomOf<T>(T state);

    /// <summary>It is stored, and nothing has been gained since; so many octets may be written behind it.</summary>
    void Stored<T>(T state, int room);
}
