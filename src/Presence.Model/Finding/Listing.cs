using Presence.Model.Addresses;

namespace Presence.Model.Finding;

/// <summary>
/// What of a user can be found, and by whom (docs/protocol/properties.md, "Finding people").
/// </summary>
/// <param name="Local">The user's local part.</param>
/// <param name="Name">Display name, at most 256 characters; null if there is none.</param>
/// <param name="Whom">Value of <c>privacy/find</c>: principals joined by commas.</param>
public sealed record Listing(string Local, string? Name, string Whom)
{
    /// <summary>A longer name is not listed.</summary>
    public const int MaxName = 256;

    /// <summary>More principals than these are not looked at.</summary>
    private const int MaxPrincipals = 64;

    /// <summary>True if a part of the address or of the name is what the asker looks for, in capitals or not.</summary>
    public bool Matches(string query) =>
        Local.Contains(query, StringComparison.OrdinalIgnoreCase)
        || Name?.Contains(query, StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>True if the user has let this asker find him: by address, by domain as <c>*@domain</c>, or as <c>*</c>.</summary>
    public bool Permits(Address asker) => Whom.Split(',', MaxPrincipals)
        .Any(principal => principal == "*" || principal == $"*@{asker.Domain}" || principal == asker.ToString());
}
