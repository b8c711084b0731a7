using Presence.Model.Access;
using Presence.Model.Addresses;

namespace Presence.Grains;

/// <summary>Reads addresses, paths and principals that this service itself has stored.</summary>
internal static class StoredText
{
    /// <exception cref="InvalidDataException">The store holds what was never written by this service.</exception>
    public static Address Address(string text) =>
        Model.Addresses.Address.TryParseCanonical(text, out var address, out _)
            ? address
            : throw new InvalidDataException($"The store holds '{text}' where an address should be.");

    /// <exception cref="InvalidDataException">The store holds what was never written by this service.</exception>
    public static PropertyPath Path(string text) =>
        text.Length == 0 ? PropertyPath.Root
        : PropertyPath.TryParse(text, out var path, out _) ? path
        : throw new InvalidDataException($"The store holds '{text}' where a property path should be.");

    /// <exception cref="InvalidDataException">The store holds what was never written by this service.</exception>
    public static Principal Principal(string text) =>
        Model.Access.Principal.TryParse(text, out var principal)
            ? principal
            : throw new InvalidDataException($"The store holds '{text}' where a principal should be.");
}
