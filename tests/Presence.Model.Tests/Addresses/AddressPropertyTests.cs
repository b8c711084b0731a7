using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Presence.Model.Addresses;

namespace Presence.Model.Tests.Addresses;

/// <summary>Laws that hold for every input, tried on seeded text made of what is dangerous in names.</summary>
public sealed class AddressPropertyTests
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithMaxTest(20_000).WithReplay(20261122UL, 7UL);

    private static readonly string[] Pieces =
    [
        "a", "B", "z", "0", "9", "-", "_", "+", ".", "..", "@", "/", "~", ":", "%", "%41", "%C3%A9", "%2F", "%00", "?",
        ";", "=", "[", "]", "::1", "xn--", "xn--bcher-kva", "xn--n3h", "pip:", "//", "query", "pass=x", " ", "\0", "\n",
        "é", "e", "\u0301", "\u0338", "ß", "Σ", "ς", "İ", "ı", "\uFF21", "\uFF0E", "\uFF20", "\uFF76", "\uFF9E",
        "\uFFA1", "\u3002", "\u200D", "\u00AD", "\u034F", "א", "ب", "\u0661", "\u06F1", "한", "\u1100", "\u1161",
        "\uFB01", "Ⅷ", "²", "☃", "😀", "\U00010400", "\U0001D400", "\uE000", "\u0378", "\uFFFE", "\uFFFF", "\uD800",
        "\uDC00", "\u0345", "\u1FBC", "\u0958", "\u212B", "\u0DDD", "l·l", ">", "*", "b.example",
    ];

    // Few pieces, so that a good part of the texts is accepted and the laws say something.
    private static readonly Arbitrary<string> Text = Gen.Choose(1, 5)
        .SelectMany(count => Gen.Elements(Pieces).ListOf(count)).Select(string.Concat).ToArbitrary();

    [Fact]
    public void A_parsed_domain_is_its_own_canonical_form() => Hold(text =>
        !Domain.TryParse(text, out var domain, out var fault)
            ? !fault.IsNone
            : Domain.TryParseCanonical(domain.ToString(), out var again, out _) && again == domain);

    [Fact]
    public void A_parsed_local_part_is_its_own_canonical_form() => Hold(text =>
        !Address.TryParse(text + "@b.example", out var address, out var fault)
            ? !fault.IsNone
            : Address.TryParseCanonical(address.ToString(), out var again, out _) && again == address);

    [Fact]
    [Trait("Conformance", "LOC-01")]
    public void Decomposed_and_capital_spellings_are_the_same_address() => Hold(text =>
        !Address.TryParse(text + "@b.example", out var address, out _)
            || Address.Parse(Respell(address.ToString())) == address);

    [Fact]
    public void A_parsed_path_is_its_own_canonical_form() => Hold(text =>
        !PropertyPath.TryParse(text, out var path, out var fault)
            ? !fault.IsNone
            : PropertyPath.TryParseCanonical(path.ToString(), out var again, out _) && again == path
                && path.Segments.Aggregate(PropertyPath.Root, (built, segment) => built.Append(segment)) == path);

    [Fact]
    public void A_parsed_place_is_its_own_canonical_form() => Hold(text =>
        !Place.TryParse(text, out var place, out var fault)
            ? !fault.IsNone
            : Place.TryParseCanonical(place.ToString(), out var again, out _) && again == place);

    [Fact]
    public void A_place_with_any_path_is_its_own_canonical_form() => Hold(text =>
        !Place.TryParse("Bob@B.example/" + text, out var place, out var fault)
            ? !fault.IsNone
            : Place.TryParseCanonical(place.ToString(), out var again, out _) && again == place);

    [Fact]
    public void A_parsed_uri_reads_back_as_the_same_place() => Hold(text =>
        !PipUri.TryParse("pip:" + text, out var uri, out var fault)
            ? !fault.IsNone
            : PipUri.TryParse(uri.ToString(), out var again, out _)
                && again.Place == uri.Place && again.ToString() == uri.ToString());

    [Fact]
    public void Whatever_the_canonical_parser_takes_it_gives_back() => Hold(text =>
        !Address.TryParseCanonical(text, out var address, out var fault)
            ? !fault.IsNone
            : address.ToString() == text);

    private static string Respell(string text) => string.Concat(
        text.Normalize(NormalizationForm.FormD).Select(c => char.IsAscii(c) ? char.ToUpperInvariant(c) : c));

    private static void Hold(Func<string, bool> law) => Prop.ForAll(Text, law).Check(Seeded);
}
