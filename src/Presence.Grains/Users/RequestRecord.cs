using Presence.Model.Messages;

namespace Presence.Grains.Users;

/// <summary>
/// Stored form of messages that wait: requests, what is held of whom, what the owner let in and nobody could take yet, and what came
/// while nobody was there. (Ids 1, and 4 of an entry, were messages in a form that stores of JSON did not give back.)
/// </summary>
[GenerateSerializer, Alias("presence.s.requests")]
internal sealed class RequestRecord
{
    [Id(0)] public List<Entry> Entries { get; set; } = [];

    /// <summary>What waits for a user who is not there.</summary>
    [Id(2)] public List<AwaitedEntry> Awaited { get; set; } = [];

    /// <summary>What somebody who was shut out believes to wait there.</summary>
    [Id(3)] public List<AwaitedEntry> Unseen { get; set; } = [];

    /// <summary>What the owner let in, and nobody could take yet.</summary>
    [Id(4)] public List<StoredMessage> Released { get; set; } = [];

    [GenerateSerializer, Alias("presence.s.requests.awaited")]
    internal sealed class AwaitedEntry
    {
        [Id(0)] public StoredMessage Message { get; set; } = new();

        [Id(1)] public long Until { get; set; }

        [Id(2)] public int Octets { get; set; }

        public static AwaitedEntry Of(AwaitedMessage awaited) => new()
        {
            Message = StoredMessage.Of(awaited.Message),
            Until = awaited.Until.ToUnixTimeMilliseconds(),
            Octets = awaited.Octets,
        };

        public AwaitedMessage ToAwaited() =>
            new(Message.ToMessage(), DateTimeOffset.FromUnixTimeMilliseconds(Until), Octets);
    }

    [GenerateSerializer, Alias("presence.s.requests.entry")]
    internal sealed class Entry
    {
        [Id(0)] public string Who { get; set; } = "";

        [Id(1)] public string Id { get; set; } = "";

        [Id(2)] public long Until { get; set; }

        [Id(3)] public bool IsDenied { get; set; }

        [Id(5)] public List<StoredMessage> Messages { get; set; } = [];

        public static Entry Of(SavedRequest saved) => new()
        {
            Who = saved.Sender.ToString(),
            Id = saved.Id,
            Until = saved.Until.ToUnixTimeMilliseconds(),
            IsDenied = saved.IsDenied,
            Messages = [.. saved.Held.Select(StoredMessage.Of)],
        };

        public SavedRequest ToSaved() => new(
            StoredText.Address(Who), Id, DateTimeOffset.FromUnixTimeMilliseconds(Until), IsDenied,
            [.. Messages.Select(message => message.ToMessage())]);
    }
}
