using Presence.Contracts.Users;

namespace Presence.Grains.Users;

/// <summary>Stored form of what a user watches.</summary>
[GenerateSerializer, Alias("presence.s.outgoing")]
internal sealed class OutgoingRecord : IGrowingState<OutgoingRecord>
{
    [NonSerialized] private OutgoingRecord? _gained;

    [NonSerialized] private int _room;

    [Id(0)] public List<Entry> Entries { get; set; } = [];

    OutgoingRecord? IGrowingState<OutgoingRecord>.Gained => _gained;

    int IGrowingState<OutgoingRecord>.Room
    {
        get => _room;
        set => (_room, _gained) = (value, null);
    }

    /// <summary>The same with these entries, which are its own but for new ones and some that have run out.</summary>
    public OutgoingRecord Grown(List<Entry> entries, List<Entry> gained) => new()
    {
        Entries = entries,
        _room = _room,
        _gained = _room > 0 ? new OutgoingRecord { Entries = gained } : null,
    };

    public void Add(OutgoingRecord gained)
    {
        Entries.RemoveAll(entry => gained.Entries.Exists(other => other.Id == entry.Id));
        Entries.AddRange(gained.Entries);
    }

    [GenerateSerializer, Alias("presence.s.outgoing.entry")]
    internal sealed class Entry
    {
        [Id(0)] public string Id { get; set; } = "";

        [Id(1)] public string Node { get; set; } = "";

        [Id(2)] public string Path { get; set; } = "";

        [Id(3)] public long Until { get; set; }

        /// <summary>Least seconds between two values; 0 for none.</summary>
        [Id(4)] public int Min { get; set; }

        public static Entry Of(WatchedNode watched) => new()
        {
            Id = watched.Id,
            Node = watched.Node.ToString(),
            Path = watched.Path.ToString(),
            Until = StoredTime.InWholeSeconds(watched.Expires),
            Min = watched.MinSeconds,
        };

        public WatchedNode ToWatched() => new(
            Id, StoredText.Address(Node), StoredText.Path(Path), DateTimeOffset.FromUnixTimeMilliseconds(Until), Min);
    }
}
