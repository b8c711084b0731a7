using System.Globalization;
using System.Text;

namespace Presence.Model.Accounts;

/// <summary>
/// Brings a password into the one form from which verifiers are derived: the SASLprep-compatible form with NFKC
/// (docs/protocol 2.5; RFC 4013 sections 2.1 and 2.2). Clients and servers must both apply it.
/// </summary>
public static class PasswordPreparation
{
    /// <summary>Longest password, in UTF-16 code units before preparation.</summary>
    public const int MaxLength = 1024;

    /// <summary>
    /// Prepares a password for checking. False with a reason for people if it is empty, too long, not well-formed or
    /// contains control, private-use or non-characters.
    /// </summary>
    public static bool TryPrepare(string password, out string prepared, out string why)
    {
        ArgumentNullException.ThrowIfNull(password);
        prepared = string.Empty;
        if (password.Length > MaxLength)
        {
            why = $"the password is longer than {MaxLength} characters";
            return false;
        }

        if (!TryMap(password, out var mapped, out why))
            return false;
        prepared = mapped.Normalize(NormalizationForm.FormKC);
        if (prepared.Length > 0)
            return true;
        why = "the password is empty";
        return false;
    }

    /// <summary>
    /// Prepares a password that is being set. Beyond <see cref="TryPrepare"/> it refuses what the two customs of
    /// preparing passwords (SASLprep with NFKC, RFC 8265 with NFC) treat differently, so that one verifier serves
    /// clients of either custom.
    /// </summary>
    public static bool TryPrepareNew(string password, out string prepared, out string why)
    {
        if (!TryPrepare(password, out prepared, out why))
            return false;
        if (IsSameInBothForms(password))
            return true;
        prepared = string.Empty;
        why = "the password contains characters that clients encode in different ways, such as ligatures or wide forms";
        return false;
    }

    private static bool TryMap(string password, out string mapped, out string why)
    {
        var kept = new StringBuilder(password.Length);
        mapped = string.Empty;
        for (var at = 0; at < password.Length;)
        {
            // Ill-formed text must stop here: string.Normalize would throw.
            if (!Rune.TryGetRuneAt(password, at, out var rune) || !IsAllowed(rune))
            {
                why = $"the character at position {at + 1} is not allowed in a password";
                return false;
            }

            at += rune.Utf16SequenceLength;
            if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpaceSeparator)
                kept.Append(' ');
            else if (!IsMappedToNothing(rune))
                kept.Append(rune.ToString());
        }

        mapped = kept.ToString();
        why = string.Empty;
        return true;
    }

    private static bool IsAllowed(Rune rune)
    {
        var isNonCharacter = (rune.Value & 0xFFFE) == 0xFFFE || rune.Value is >= 0xFDD0 and <= 0xFDEF;
        return !isNonCharacter && Rune.GetUnicodeCategory(rune) is not (
            UnicodeCategory.Control or UnicodeCategory.PrivateUse
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
    }

    // RFC 3454, table B.1.
    private static bool IsMappedToNothing(Rune rune) => rune.Value is
        0x00AD or 0x034F or 0x1806 or (>= 0x180B and <= 0x180D) or (>= 0x200B and <= 0x200D)
        or 0x2060 or (>= 0xFE00 and <= 0xFE0F) or 0xFEFF;

    private static bool IsSameInBothForms(string password)
    {
        foreach (var rune in password.EnumerateRunes())
        {
            if (IsMappedToNothing(rune))
                return false;
        }

        return password.Normalize(NormalizationForm.FormC) == password.Normalize(NormalizationForm.FormKC);
    }
}
