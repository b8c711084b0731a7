using System.Globalization;
using System.Text;

namespace Presence.Model.Addresses;

/// <summary>
/// Asks the platform for a few forms it must know before addresses can be trusted. With invariant globalization,
/// the default of many slim container images, string.Normalize answers its input and IdnMapping answers wrong
/// A-labels, both in silence: two spellings of one address would reach two actors.
/// Source: docs/protocol, section 3.3.
/// </summary>
public static class GlobalizationSelfTest
{
    private static readonly (string Typed, string Canonical)[] Domains =
    [
        ("B\u00FCcher.example", "xn--bcher-kva.example"),
        ("fa\u00DF.de", "xn--fa-hia.de"),
        ("\uFF21\uFF22\uFF23.example", "abc.example"),
        ("EXAMPLE.Com.", "example.com"),
    ];

    private static readonly (string Typed, string Canonical)[] Locals =
    [
        ("\uFF21\uFF2C\uFF29\uFF23\uFF25", "alice"),
        ("Stra\u00DFe", "stra\u00DFe"),
        ("\u039F\u0394\u039F\u03A3", "\u03BF\u03B4\u03BF\u03C3"),
        ("e\u0301", "\u00E9"),
    ];

    /// <summary>Null if all is well, else a sentence why the process must not start.</summary>
    public static string? Check() => CheckNormalization() ?? CheckDomainMapping() ?? CheckCanonicalForms();

    private static string? CheckNormalization()
    {
        var works = "e\u0301".Normalize(NormalizationForm.FormC) == "\u00E9"
            && "\uFB01".Normalize(NormalizationForm.FormKC) == "fi"
            && !"\uFB01".IsNormalized(NormalizationForm.FormKC);
        return works ? null : Refuse("string.Normalize leaves text as it is");
    }

    private static string? CheckDomainMapping()
    {
        try
        {
            var mapping = new IdnMapping { UseStd3AsciiRules = true };
            var works = mapping.GetAscii("fa\u00DF") == "xn--fa-hia"
                && mapping.GetAscii("B\u00FCcher") == "xn--bcher-kva"
                && mapping.GetUnicode("xn--bcher-kva") == "b\u00FCcher";
            return works ? null : Refuse("IdnMapping answers wrong A-labels");
        }
        catch (ArgumentException)
        {
            return Refuse("IdnMapping refuses valid labels");
        }
    }

    private static string? CheckCanonicalForms()
    {
        foreach (var (typed, canonical) in Domains)
            if (!Domain.TryParse(typed, out var domain, out _) || domain.Value != canonical)
                return Refuse($"the domain {canonical} is not reached from another spelling of it");
        foreach (var (typed, canonical) in Locals)
            if (!Address.TryParse(typed + "@a.example", out var address, out _) || address.Local != canonical)
                return Refuse($"the name {canonical} is not reached from another spelling of it");
        return Domain.TryParse("\u2603.example", out _, out _) || Address.TryParse("\u0130x@a.example", out _, out _)
            ? Refuse("symbols and ambiguous capitals are let through")
            : null;
    }

    private static string Refuse(string finding) =>
        $"Addresses cannot be trusted here: {finding}. Install ICU (libicu) and switch invariant globalization off "
        + "(DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=0, InvariantGlobalization=false).";
}
