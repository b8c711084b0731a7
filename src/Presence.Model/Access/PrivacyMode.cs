using Presence.Model.Properties;

namespace Presence.Model.Access;

/// <summary>Which of the two lists of persons is in force, as the owner set it in <c>privacy/mode</c> and <c>privacy/only-mode</c>.</summary>
/// <param name="IsOnly">True for "nobody but the allow list", false for "everybody except the block list".</param>
/// <param name="IsExplicit">In the former: true if the others are told by 403.</param>
/// <param name="Since">Version at which the owner switched.</param>
public readonly record struct PrivacyMode(bool IsOnly, bool IsExplicit, long Since)
{
    private const string Except = "except";
    private const string Only = "only";
    private const string Polite = "polite";
    private const string Explicit = "explicit";

    /// <summary>Wire word of the mode.</summary>
    public string Word => IsOnly ? Only : Except;

    public static PrivacyMode Of(NodeProperties properties)
    {
        var mode = properties[StandardPaths.PrivacyMode];
        return new PrivacyMode(
            mode?.Value.Text == Only,
            properties[StandardPaths.PrivacyOnlyMode]?.Value.Text == Explicit,
            mode?.Version ?? 0);
    }

    /// <summary>False for a word that one of the two properties cannot hold; a typing error must not open or close a node.</summary>
    public static bool IsWellFormed(Addresses.PropertyPath path, PropertyValue value) =>
        path.Equals(StandardPaths.PrivacyMode) ? value.Text is Except or Only
        : !path.Equals(StandardPaths.PrivacyOnlyMode) || value.Text is Polite or Explicit;
}
