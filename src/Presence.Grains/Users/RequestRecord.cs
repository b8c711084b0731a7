using Presence.Model.Messages;

namespace Presence.Grains.Users;

/// <summary>Stored form of message requests: what is held of whom, and what the owner let in and nobody could take yet.</summary>
[GenerateSerializer, Alias("presence.s.requests")]
internal sealed class RequestRecord
{
    [Id(0)] public List<Entry> Entries { get; set; } = [];

    [Id(1)] public List<InstantMessage> LetIn { get; set; } = [];

    [GenerateSerializer, Alias("presence.s.requests.entry")]
    internal sealed class Entry
    {
        [Id(0)] public string Who { get; set; } = "";

        [Id(1)] public string Id { get; set; } = "";

        [Id(2)] public long Until { get; set; }

        [Id(3)] public bool IsDenied { get; set; }

        [Id(4)] public List<InstantMessage> Held { get; set; } = [];

        public static Entry Of(SavedRequest saved) => new()
        {
            Who = saved.Sender.ToString(),
            Id = saved.Id,
            Until = saved.Until.ToUnixTimeMilliseconds(),
            IsDenied = saved.IsDenied,
            Held = [.. saved.Held],
        };

        public SavedRequest ToSaved() => new(
            StoredText.Address(Who), Id, DateTimeOffset.FromUnixTimeMilliseconds(Until), IsDenied, [.. Held]);
    }
}
