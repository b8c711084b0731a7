using Presence.Model.Addresses;

namespace Presence.Cli.Options;

/// <summary>Addresses as people type them.</summary>
internal static class AddressArgument
{
    /// <exception cref="UsageException">It is none.</exception>
    public static Address Parse(string text) => Address.TryParse(text, out var address, out var fault)
        ? address
        : throw new UsageException($"'{text}' is no address. {fault.Sentence}");

    /// <summary>An address with or without a path, or the own node.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public static Place ParsePlace(string text) => Place.TryParse(text, out var place, out var fault)
        ? place
        : throw new UsageException($"'{text}' is no address. {fault.Sentence}");
}
