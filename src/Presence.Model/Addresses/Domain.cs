namespace Presence.Model.Addresses;

/// <summary>
/// The domain of an address, always canonical: lower-case A-labels of at most 63 octets, together at most 253, or an
/// IP literal in brackets. Equality is that of octets. Source: docs/protocol, section 3.3.
/// </summary>
public readonly record struct Domain : IComparable<Domain>
{
    /// <summary>What one reads after the other is mostly of one domain: its name is checked and made once for them all.</summary>
    [ThreadStatic]
    private static string? _last;

    private readonly string? _value;

    private Domain(string value) => _value = value;

    /// <summary>The canonical form; empty for <c>default</c>, which no parser ever answers.</summary>
    public string Value => _value ?? "";

    /// <summary>True for <c>[192.0.2.1]</c> and <c>[2001:db8::1]</c>, which are not looked up in the DNS.</summary>
    public bool IsIpLiteral => Value.StartsWith('[');

    /// <summary>Reads what a person or a client wrote and brings it into canonical form.</summary>
    public static bool TryParse(string? input, out Domain domain, out AddressFault fault) =>
        TryRead(input, canonicalOnly: false, out domain, out fault);

    /// <summary>Accepts only what is canonical already, as federation links must.</summary>
    public static bool TryParseCanonical(string? input, out Domain domain, out AddressFault fault) =>
        TryRead(input, canonicalOnly: true, out domain, out fault);

    /// <summary>For names known to be good.</summary>
    /// <exception cref="FormatException">The name is refused; the message is the fault's sentence.</exception>
    public static Domain Parse(string input) =>
        TryParse(input, out var domain, out var fault) ? domain : throw new FormatException(fault.Sentence);

    public int CompareTo(Domain other) => string.CompareOrdinal(Value, other.Value);

    public override string ToString() => Value;

    internal static bool TryRead(
        ReadOnlySpan<char> input, bool canonicalOnly, out Domain domain, out AddressFault fault)
    {
        domain = default;
        if (input.IsEmpty)
        {
            fault = AddressFault.MissingHost;
            return false;
        }

        fault = input[0] == '[' ? IpLiteral.Canonicalise(input, out var name) : ReadName(input, out name);
        if (fault.IsNone && canonicalOnly && !input.SequenceEqual(name)) fault = AddressFault.NotCanonical;
        if (fault.IsNone) domain = new Domain(name);
        return fault.IsNone;
    }

    private static AddressFault ReadName(ReadOnlySpan<char> input, out string name)
    {
        if (_last is { } last && input.SequenceEqual(last))
        {
            name = last;
            return default;
        }

        if (!DomainName.Check(input).IsNone) return DomainName.Canonicalise(input, out name);
        _last = name = input.ToString();
        return default;
    }
}
