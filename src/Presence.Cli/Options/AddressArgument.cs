using Presence.Model.Access;
using Presence.Model.Addresses;

namespace Presence.Cli.Options;

/// <summary>
/// Addresses as people type them: plain, or as a <c>pip:</c>, <c>im:</c> or <c>pres:</c> URI, of which only the place
/// and the passphrase count: what to do is for the command, and whom to connect to for its options.
/// </summary>
internal static class AddressArgument
{
    private static readonly string[] Schemes = ["pip:", "im:", "pres:"];

    /// <exception cref="UsageException">It is none, or names a property.</exception>
    public static Address Parse(string text)
    {
        if (!IsUri(text))
            return Address.TryParse(text, out var address, out var fault) ? address : throw Refused(text, fault);

        var place = ReadUri(text).Place;
        return place.Path.IsRoot || text.StartsWith("pres:", StringComparison.OrdinalIgnoreCase)
            ? place.Address!.Value
            : throw new UsageException($"'{UriSecret.Hide(text)}' names a property; write an address.");
    }

    /// <summary>An address with or without a path, or the own node.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public static Place ParsePlace(string text) => ParseGuarded(text).Place;

    /// <summary>As <see cref="ParsePlace"/>, with the passphrase that a URI may carry.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public static (Place Place, string? Pass) ParseGuarded(string text)
    {
        if (!IsUri(text))
            return Place.TryParse(text, out var place, out var fault) ? (place, null) : throw Refused(text, fault);

        var uri = ReadUri(text);
        return (uri.Place, uri.Pass);
    }

    /// <summary>Whom a list may name: a person, <c>*@domain</c>, <c>member:GROUP</c>.</summary>
    /// <exception cref="UsageException">It is nobody.</exception>
    public static Principal ParsePrincipal(string text)
    {
        if (IsUri(text))
            return Principal.Person(Parse(text));

        return Principal.TryParse(text, out var who) && (who.IsPerson || who.IsDomain || who.Group is not null)
            ? who
            : throw new UsageException($"'{text}' is nobody; write an address, *@DOMAIN or member:GROUP.");
    }

    private static bool IsUri(string text) => text.Contains('?')
        || Array.Exists(Schemes, scheme => text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase));

    private static PipUri ReadUri(string text) =>
        PipUri.TryParse(text, out var uri, out var fault) ? uri : throw Refused(text, fault);

    // What looks like a password is not shown again.
    private static UsageException Refused(string text, AddressFault fault) => fault == AddressFault.Password
        ? new UsageException(fault.Sentence)
        : new UsageException($"'{UriSecret.Hide(text)}' is no address. {fault.Sentence}");
}
