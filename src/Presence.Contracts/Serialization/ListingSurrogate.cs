using Presence.Model.Finding;

namespace Presence.Contracts.Serialization;

[GenerateSerializer, Alias("presence.m.listing")]
internal struct ListingSurrogate
{
    [Id(0)] public string Local;
    [Id(1)] public string? Name;
    [Id(2)] public string Whom;
}

[RegisterConverter]
internal sealed class ListingConverter : IConverter<Listing, ListingSurrogate>
{
    public Listing ConvertFromSurrogate(in ListingSurrogate s) => new(s.Local, s.Name, s.Whom);

    public ListingSurrogate ConvertToSurrogate(in Listing value) => new()
    {
        Local = value.Local,
        Name = value.Name,
        Whom = value.Whom,
    };
}
