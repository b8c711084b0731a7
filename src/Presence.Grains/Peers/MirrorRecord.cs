namespace Presence.Grains.Peers;

/// <summary>Stored form of what our users watch of one node of another domain. Values are not stored: SYNC brings them.</summary>
[GenerateSerializer, Alias("presence.s.mirror")]
internal sealed class MirrorRecord
{
    [Id(0)] public List<Entry> Entries { get; set; } = [];

    [GenerateSerializer, Alias("presence.s.mirror.entry")]
    internal sealed class Entry
    {
        [Id(0)] public string Who { get; set; } = "";
        [Id(1)] public string Id { get; set; } = "";
        [Id(2)] public string Path { get; set; } = "";
        [Id(3)] public bool Active { get; set; }
        [Id(4)] public string? View { get; set; }
        [Id(5)] public long Until { get; set; }

        public static Entry Of(MirrorEntry entry) => new()
        {
            Who = entry.Watcher.ToString(),
            Id = entry.Id,
            Path = entry.Path.ToString(),
            Active = entry.IsActive,
            View = entry.View,
            Until = entry.Expires.ToUnixTimeMilliseconds(),
        };

        public MirrorEntry ToEntry() => new(StoredText.Address(Who), Id, StoredText.Path(Path))
        {
            IsActive = Active,
            View = View,
            Expires = DateTimeOffset.FromUnixTimeMilliseconds(Until),
        };
    }
}
