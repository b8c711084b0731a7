using Presence.Contracts.Peers;
using Presence.Model.Addresses;

namespace Presence.Contracts.Serialization;

/// <summary>Canonical text.</summary>
[GenerateSerializer, Alias("presence.m.domain-pair")]
internal struct DomainPairSurrogate
{
    [Id(0)] public string Text;
}

[RegisterConverter]
internal sealed class DomainPairConverter : IConverter<DomainPair, DomainPairSurrogate>
{
    public DomainPair ConvertFromSurrogate(in DomainPairSurrogate surrogate) => DomainPair.Parse(surrogate.Text);

    public DomainPairSurrogate ConvertToSurrogate(in DomainPair value) => new() { Text = value.ToString() };
}

/// <summary>Wire form.</summary>
[GenerateSerializer, Alias("presence.m.place")]
internal struct PlaceSurrogate
{
    [Id(0)] public string Text;
}

[RegisterConverter]
internal sealed class PlaceConverter : IConverter<Place, PlaceSurrogate>
{
    public Place ConvertFromSurrogate(in PlaceSurrogate surrogate) => Place.Parse(surrogate.Text);

    public PlaceSurrogate ConvertToSurrogate(in Place value) => new() { Text = value.ToString() };
}
