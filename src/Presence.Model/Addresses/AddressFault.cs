namespace Presence.Model.Addresses;

/// <summary>
/// Why an address, path, place or URI was refused: <see cref="Word"/> is for programs and never changes,
/// <see cref="Sentence"/> is for people. Neither ever repeats the refused input, which may hold a passphrase.
/// On the wire each of them is answered with <c>484 bad-address</c> (docs/protocol, section 3.3).
/// </summary>
public readonly record struct AddressFault
{
    private readonly string? _word;
    private readonly string? _sentence;

    private AddressFault(string word, string sentence)
    {
        _word = word;
        _sentence = sentence;
    }

    public static readonly AddressFault Empty = new("empty", "The address is empty.");
    public static readonly AddressFault TooLong = new("too-long", "The address is longer than any valid address.");
    public static readonly AddressFault NotCanonical = new("not-canonical",
        "The address is valid but not written in its canonical form.");
    public static readonly AddressFault MissingLocal = new("missing-local", "There is no name before the @.");
    public static readonly AddressFault MissingHost = new("missing-host", "The domain is missing.");
    public static readonly AddressFault ManyAtSigns = new("many-at-signs", "There is more than one @.");
    public static readonly AddressFault Password = new("password",
        "A password does not belong before the @; write ;pass= after the action to give an object's passphrase.");

    public static readonly AddressFault LocalTooLong = new("local-too-long",
        "The name before the @ is longer than 64 characters or 255 octets.");
    public static readonly AddressFault LocalDots = new("local-dots",
        "The name before the @ has a leading, trailing or doubled dot.");
    public static readonly AddressFault LocalCharacter = new("local-character",
        "The name before the @ may hold only letters, marks, digits and - _ + . in their plain forms.");
    public static readonly AddressFault LocalDirection = new("local-direction",
        "The name before the @ mixes writing directions in a way that can mislead readers.");
    public static readonly AddressFault LocalUnstable = new("local-unstable",
        "The name before the @ has no stable canonical form.");

    public static readonly AddressFault DomainTooLong = new("domain-too-long",
        "The domain is longer than 253 octets or one of its labels is longer than 63.");
    public static readonly AddressFault DomainLabel = new("domain-label", "The domain has an empty label.");
    public static readonly AddressFault DomainHyphen = new("domain-hyphen",
        "A label of the domain begins or ends with a hyphen.");
    public static readonly AddressFault DomainCharacter = new("domain-character",
        "The domain may hold only letters, marks, digits and hyphens.");
    public static readonly AddressFault DomainEncoding = new("domain-encoding",
        "A label of the domain is not a valid internationalised label.");
    public static readonly AddressFault DomainDirection = new("domain-direction",
        "A label of the domain mixes writing directions in a way that can mislead readers.");
    public static readonly AddressFault IpLiteral = new("ip-literal",
        "The text in brackets is not an IPv4 or IPv6 address.");

    public static readonly AddressFault PathTooLong = new("path-too-long", "The path is longer than 1024 characters.");
    public static readonly AddressFault PathSegment = new("path-segment", "The path has an empty segment.");
    public static readonly AddressFault PathCharacter = new("path-character",
        "The path has a character that must be percent-encoded or may not occur at all.");
    public static readonly AddressFault PercentEscape = new("percent-escape",
        "A percent sign is not followed by two hexadecimal digits, or the escapes are not UTF-8.");

    public static readonly AddressFault Scheme = new("scheme", "Only pip:, im: and pres: addresses are understood.");
    public static readonly AddressFault Port = new("port", "The port is not a number from 1 to 65535.");
    public static readonly AddressFault Action = new("action",
        "The action is none of query, subscribe, send, join, invite, find or x-…");
    public static readonly AddressFault Parameter = new("parameter",
        "A parameter of the action is malformed, given twice, or one of more than 32.");
    public static readonly AddressFault ForeignPart = new("foreign-part",
        "im: and pres: addresses with a path or headers cannot be mapped.");

    /// <summary>True for <c>default</c>: nothing was refused.</summary>
    public bool IsNone => _word is null;

    public string Word => _word ?? "none";

    public string Sentence => _sentence ?? "";

    public override string ToString() => Sentence;
}
