using System.Diagnostics.CodeAnalysis;

namespace Presence.Model.Addresses;

/// <summary>
/// The name of a node, always canonical: <c>local@domain</c> for a user, group, service or device, or a bare
/// <c>domain</c> for the domain's own node. Two spellings of one address are equal once parsed.
/// Source: docs/protocol, sections 3.1 and 3.3.
/// </summary>
public readonly record struct Address : IComparable<Address>
{
    private const int MaxTyped = LocalPart.MaxTyped + 1 + DomainName.MaxTyped;

    private Address(string? local, Domain domain)
    {
        Local = local;
        Domain = domain;
    }

    /// <summary>1–64 code points, at most 255 octets; null for the node of a domain.</summary>
    public string? Local { get; }

    public Domain Domain { get; }

    [MemberNotNullWhen(false, nameof(Local))]
    public bool IsDomain => Local is null;

    /// <summary>The domain's own node.</summary>
    public static Address Of(Domain domain) => new(null, domain);

    /// <summary>Joins a local part given on its own, as in <c>rcpt=bob,carol</c>, to its domain.</summary>
    public static bool TryCombine(string? local, Domain domain, out Address address, out AddressFault fault)
    {
        address = LocalPart.TryRead(local, canonicalOnly: false, out var name, out fault) ? new(name, domain) : default;
        return fault.IsNone;
    }

    /// <summary>Reads what a person or a client wrote and brings it into canonical form.</summary>
    public static bool TryParse(string? input, out Address address, out AddressFault fault) =>
        TryRead(input, canonicalOnly: false, out address, out fault);

    /// <summary>Accepts only what is canonical already, as federation links must.</summary>
    public static bool TryParseCanonical(string? input, out Address address, out AddressFault fault) =>
        TryRead(input, canonicalOnly: true, out address, out fault);

    /// <summary>For addresses known to be good.</summary>
    /// <exception cref="FormatException">The address is refused; the message is the fault's sentence.</exception>
    public static Address Parse(string input) =>
        TryParse(input, out var address, out var fault) ? address : throw new FormatException(fault.Sentence);

    /// <summary>The order of the canonical form's UTF-8 octets.</summary>
    public int CompareTo(Address other) =>
        OctetOrder.Compare(Local, Domain.Value, other.Local, other.Domain.Value);

    public override string ToString() => Local is null ? Domain.Value : string.Concat(Local, "@", Domain.Value);

    internal static bool TryRead(
        ReadOnlySpan<char> input, bool canonicalOnly, out Address address, out AddressFault fault)
    {
        address = default;
        fault = input.IsEmpty ? AddressFault.Empty : input.Length > MaxTyped ? AddressFault.TooLong : default;
        if (!fault.IsNone) return false;

        var at = input.IndexOf('@');
        string? local = null;
        if (at >= 0)
        {
            fault = CheckAround(input[..at], input[(at + 1)..]);
            if (!fault.IsNone || !LocalPart.TryRead(input[..at], canonicalOnly, out local, out fault)) return false;
        }

        if (!Domain.TryRead(input[(at + 1)..], canonicalOnly, out var domain, out fault)) return false;
        address = new Address(local, domain);
        return true;
    }

    private static AddressFault CheckAround(ReadOnlySpan<char> before, ReadOnlySpan<char> after) =>
        before.Contains(':') ? AddressFault.Password
        : after.Contains('@') ? AddressFault.ManyAtSigns
        : default;
}
