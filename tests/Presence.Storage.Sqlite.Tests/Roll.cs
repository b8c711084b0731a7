using System.Text.Json.Serialization;

namespace Presence.Storage.Sqlite.Tests;

/// <summary>Names that come one by one.</summary>
[GenerateSerializer]
public sealed class Roll
{
    [Id(0)]
    public List<string> Names { get; set; } = [];

    [Id(1), JsonIgnore]
    public List<string>? Gained { get; set; }

    [Id(2), JsonIgnore]
    public int Room { get; set; }

    public static Roll Of(int names) => new() { Names = [.. Enumerable.Range(0, names).Select(Name)] };

    /// <summary>No two alike, so that packing leaves something of them.</summary>
    public static string Name(int number) => $"{number * 7919 % 10007:x}-{number * 104729 % 100003:x}";

    public Roll With(string name) => new() { Names = [.. Names, name], Gained = [name], Room = Room };
}

/// <summary>Knows rolls.</summary>
internal sealed class RollGrowth : IStateGrowth
{
    public bool Covers<T>(T state) => state is Roll;

    public T? GainedBy<T>(T state) =>
        state is Roll { Gained: { } gained } ? (T)(object)new Roll { Names = gained } : default;

    public void Add<T>(T state, T gained) => ((Roll)(object)state!).Names.AddRange(((Roll)(object)gained!).Names);

    public int RoomOf<T>(T state) => state is Roll roll ? roll.Room : 0;

    public void Stored<T>(T state, int room)
    {
        if (state is Roll roll)
            (roll.Room, roll.Gained) = (room, null);
    }
}
