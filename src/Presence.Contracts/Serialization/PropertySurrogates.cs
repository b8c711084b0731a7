using Presence.Model.Addresses;
using Presence.Model.Properties;

namespace Presence.Contracts.Serialization;

[GenerateSerializer, Alias("presence.m.value")]
internal struct PropertyValueSurrogate
{
    [Id(0)] public string? Text;
    [Id(1)] public byte[]? Body;
    [Id(2)] public string? Type;
    [Id(3)] public string? Language;
}

[RegisterConverter]
internal sealed class PropertyValueConverter : IConverter<PropertyValue, PropertyValueSurrogate>
{
    public PropertyValue ConvertFromSurrogate(in PropertyValueSurrogate surrogate) => surrogate.Text is { } text
        ? PropertyValue.OfText(text, surrogate.Language)
        : PropertyValue.OfBody(surrogate.Body ?? [], surrogate.Type ?? "", surrogate.Language);

    public PropertyValueSurrogate ConvertToSurrogate(in PropertyValue value) => new()
    {
        Text = value.Text,
        Body = value.Text is null ? value.Body.ToArray() : null,
        Type = value.Type,
        Language = value.Language,
    };
}

[GenerateSerializer, Alias("presence.m.property")]
internal struct PropertySurrogate
{
    [Id(0)] public PropertyPath Path;
    [Id(1)] public PropertyValue Value;
    [Id(2)] public long Version;
    [Id(3)] public DateTimeOffset ChangedAt;
    [Id(4)] public DateTimeOffset? LeaseEnds;
    [Id(5)] public PropertyValue? Default;
}

[RegisterConverter]
internal sealed class PropertyConverter : IConverter<Property, PropertySurrogate>
{
    public Property ConvertFromSurrogate(in PropertySurrogate s) =>
        new(s.Path, s.Value, s.Version, s.ChangedAt, s.LeaseEnds, s.Default);

    public PropertySurrogate ConvertToSurrogate(in Property value) => new()
    {
        Path = value.Path,
        Value = value.Value,
        Version = value.Version,
        ChangedAt = value.ChangedAt,
        LeaseEnds = value.LeaseEnds,
        Default = value.Default,
    };
}

[GenerateSerializer, Alias("presence.m.change")]
internal struct PropertyChangeSurrogate
{
    [Id(0)] public PropertyPath Path;
    [Id(1)] public PropertyValue? Value;
    [Id(2)] public TimeSpan? Lease;
    [Id(3)] public PropertyValue? Default;
}

[RegisterConverter]
internal sealed class PropertyChangeConverter : IConverter<PropertyChange, PropertyChangeSurrogate>
{
    public PropertyChange ConvertFromSurrogate(in PropertyChangeSurrogate s) =>
        new(s.Path, s.Value, s.Lease, s.Default);

    public PropertyChangeSurrogate ConvertToSurrogate(in PropertyChange value) => new()
    {
        Path = value.Path,
        Value = value.Value,
        Lease = value.Lease,
        Default = value.Default,
    };
}

[GenerateSerializer, Alias("presence.m.delta")]
internal struct PropertyDeltaSurrogate
{
    [Id(0)] public PropertyPath Path;
    [Id(1)] public Property? Now;
    [Id(2)] public long Version;
    [Id(3)] public DateTimeOffset At;
    [Id(4)] public string? Why;
    [Id(5)] public DateTimeOffset? StaleSince;
}

[RegisterConverter]
internal sealed class PropertyDeltaConverter : IConverter<PropertyDelta, PropertyDeltaSurrogate>
{
    public PropertyDelta ConvertFromSurrogate(in PropertyDeltaSurrogate s) =>
        new(s.Path, s.Now, s.Version, s.At, s.Why) { StaleSince = s.StaleSince };

    public PropertyDeltaSurrogate ConvertToSurrogate(in PropertyDelta value) => new()
    {
        Path = value.Path,
        Now = value.Now,
        Version = value.Version,
        At = value.At,
        Why = value.Why,
        StaleSince = value.StaleSince,
    };
}
