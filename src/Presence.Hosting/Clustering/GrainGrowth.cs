using Presence.Grains;
using Presence.Storage.Sqlite;

namespace Presence.Hosting.Clustering;

/// <summary>Lets the file of a node ask the states of grains what they have gained.</summary>
internal sealed class GrainGrowth : IStateGrowth
{
    public bool Covers<T>(T state) => state is IGrowingState<T>;

    public T? GainedBy<T>(T state) => state is IGrowingState<T> growing ? growing.Gained : default;

    public void Add<T>(T state, T gained)
    {
        if (state is IGrowingState<T> growing)
            growing.Add(gained);
    }

    public int RoomOf<T>(T state) => state is IGrowingState<T> growing ? growing.Room : 0;

    public void Stored<T>(T state, int room)
    {
        if (state is IGrowingState<T> growing)
            growing.Room = room;
    }
}
