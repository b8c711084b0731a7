using Presence.Model.Addresses;

namespace Presence.Contracts.Serialization;

// The model knows nothing of Orleans; these give its values a form that crosses processes. Ids are append-only.

[GenerateSerializer, Alias("presence.m.address")]
internal struct AddressSurrogate
{
    [Id(0)] public string Text;
}

[RegisterConverter]
internal sealed class AddressConverter : IConverter<Address, AddressSurrogate>
{
    public Address ConvertFromSurrogate(in AddressSurrogate surrogate) =>
        Address.TryParseCanonical(surrogate.Text, out var address, out _) ? address : default;

    public AddressSurrogate ConvertToSurrogate(in Address value) => new() { Text = value.ToString() };
}

[GenerateSerializer, Alias("presence.m.path")]
internal struct PropertyPathSurrogate
{
    [Id(0)] public string Text;
}

[RegisterConverter]
internal sealed class PropertyPathConverter : IConverter<PropertyPath, PropertyPathSurrogate>
{
    public PropertyPath ConvertFromSurrogate(in PropertyPathSurrogate surrogate) =>
        PropertyPath.TryParse(surrogate.Text, out var path, out _) ? path : PropertyPath.Root;

    public PropertyPathSurrogate ConvertToSurrogate(in PropertyPath value) => new() { Text = value.ToString() };
}
