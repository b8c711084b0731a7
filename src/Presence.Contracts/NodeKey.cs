using Presence.Model.Addresses;

namespace Presence.Contracts;

/// <summary>
/// Keys of grains: <c>domain/local</c> for a node, so that the nodes of one domain stand together in a store.
/// A bare domain is its own key.
/// </summary>
public static class NodeKey
{
    public static string Of(Address address) =>
        address.Local is { } local ? $"{address.Domain}/{local}" : address.Domain.ToString();

    /// <summary>The address of a key that <see cref="Of"/> made.</summary>
    /// <exception cref="ArgumentException">The text is no such key.</exception>
    public static Address Parse(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        var text = slash < 0 ? key : $"{key[(slash + 1)..]}@{key[..slash]}";
        return Address.TryParseCanonical(text, out var address, out _)
            ? address
            : throw new ArgumentException($"'{key}' is no node key.", nameof(key));
    }
}
