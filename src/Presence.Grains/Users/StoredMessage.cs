using Presence.Model.Messages;

namespace Presence.Grains.Users;

/// <summary>
/// Stored form of a message that waits for its recipient, in texts and numbers that every store gives back as they were. A
/// message to a group never waits, so there is no place.
/// </summary>
[GenerateSerializer, Alias("presence.s.message")]
internal sealed class StoredMessage
{
    [Id(0)] public string From { get; set; } = "";

    [Id(1)] public string Mid { get; set; } = "";

    [Id(2)] public string Type { get; set; } = "";

    [Id(3)] public byte[] Body { get; set; } = [];

    [Id(4)] public string? Language { get; set; }

    [Id(5)] public string? Subject { get; set; }

    [Id(6)] public string? InReplyTo { get; set; }

    [Id(7)] public ReceiptWishes Wants { get; set; }

    [Id(8)] public bool IsAutomatic { get; set; }

    [Id(9)] public long SentAt { get; set; }

    [Id(10)] public long Expires { get; set; }

    [Id(11)] public string? Class { get; set; }

    [Id(12)] public bool IsForBest { get; set; }

    [Id(13)] public List<string> Via { get; set; } = [];

    [Id(14)] public int Hops { get; set; }

    [Id(15)] public bool HasOwnLife { get; set; }

    public static StoredMessage Of(InstantMessage message) => new()
    {
        From = message.From.ToString(),
        Mid = message.Id,
        Type = message.Type,
        Body = message.Body.ToArray(),
        Language = message.Language,
        Subject = message.Subject,
        InReplyTo = message.InReplyTo,
        Wants = message.Wants,
        IsAutomatic = message.IsAutomatic,
        SentAt = message.SentAt.ToUnixTimeMilliseconds(),
        Expires = message.Expires.ToUnixTimeMilliseconds(),
        Class = message.Class,
        IsForBest = message.IsForBest,
        Via = [.. message.Via.Select(via => via.ToString())],
        Hops = message.Hops,
        HasOwnLife = message.HasOwnLife,
    };

    public InstantMessage ToMessage() => new(
        StoredText.Address(From), Mid, Type, Body, Language, Subject, InReplyTo, Wants, IsAutomatic,
        DateTimeOffset.FromUnixTimeMilliseconds(SentAt), DateTimeOffset.FromUnixTimeMilliseconds(Expires))
    {
        Class = Class,
        IsForBest = IsForBest,
        Via = [.. Via.Select(StoredText.Address)],
        Hops = Hops,
        HasOwnLife = HasOwnLife,
    };
}
