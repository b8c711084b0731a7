using System.Collections.Immutable;
using Presence.Model.Addresses;
using Presence.Model.Messages;

namespace Presence.Contracts.Serialization;

[GenerateSerializer, Alias("presence.m.message")]
internal struct InstantMessageSurrogate
{
    [Id(0)] public Address From;
    [Id(1)] public string Id;
    [Id(2)] public string Type;
    [Id(3)] public byte[] Body;
    [Id(4)] public string? Language;
    [Id(5)] public string? Subject;
    [Id(6)] public string? InReplyTo;
    [Id(7)] public int Wants;
    [Id(8)] public bool IsAutomatic;
    [Id(9)] public DateTimeOffset SentAt;
    [Id(10)] public DateTimeOffset Expires;

    /// <summary>Wire form.</summary>
    [Id(11)] public string? Place;

    [Id(12)] public string? Class;
    [Id(13)] public bool IsForBest;
    [Id(14)] public ImmutableArray<Address> Via;
    [Id(15)] public int Hops;
    [Id(16)] public bool TakesRedirect;
    [Id(17)] public bool HasOwnLife;
    [Id(18)] public DateTimeOffset? DelayedSince;
}

[RegisterConverter]
internal sealed class InstantMessageConverter : IConverter<InstantMessage, InstantMessageSurrogate>
{
    public InstantMessage ConvertFromSurrogate(in InstantMessageSurrogate s) => new(
        s.From, s.Id, s.Type, s.Body, s.Language, s.Subject, s.InReplyTo, (ReceiptWishes)s.Wants, s.IsAutomatic,
        s.SentAt, s.Expires)
    {
        Place = Place.TryParseCanonical(s.Place, out var place, out _) ? place : null,
        Class = s.Class,
        IsForBest = s.IsForBest,
        Via = s.Via,
        Hops = s.Hops,
        TakesRedirect = s.TakesRedirect,
        HasOwnLife = s.HasOwnLife,
        DelayedSince = s.DelayedSince,
    };

    public InstantMessageSurrogate ConvertToSurrogate(in InstantMessage value) => new()
    {
        From = value.From,
        Id = value.Id,
        Type = value.Type,
        Body = value.Body.ToArray(),
        Language = value.Language,
        Subject = value.Subject,
        InReplyTo = value.InReplyTo,
        Wants = (int)value.Wants,
        IsAutomatic = value.IsAutomatic,
        SentAt = value.SentAt,
        Expires = value.Expires,
        Place = value.Place?.ToString(),
        Class = value.Class,
        IsForBest = value.IsForBest,
        Via = value.Via,
        Hops = value.Hops,
        TakesRedirect = value.TakesRedirect,
        HasOwnLife = value.HasOwnLife,
        DelayedSince = value.DelayedSince,
    };
}

[GenerateSerializer, Alias("presence.m.receipt")]
internal struct ReceiptSurrogate
{
    [Id(0)] public Address From;
    [Id(1)] public string MessageId;
    [Id(2)] public int Disposition;
    [Id(3)] public DateTimeOffset At;
    [Id(4)] public int Code;
}

[RegisterConverter]
internal sealed class ReceiptConverter : IConverter<Receipt, ReceiptSurrogate>
{
    public Receipt ConvertFromSurrogate(in ReceiptSurrogate s) =>
        new(s.From, s.MessageId, (Disposition)s.Disposition, s.At, s.Code);

    public ReceiptSurrogate ConvertToSurrogate(in Receipt value) => new()
    {
        From = value.From,
        MessageId = value.MessageId,
        Disposition = (int)value.Disposition,
        At = value.At,
        Code = value.Code,
    };
}
