using Presence.Model.Addresses;

namespace Presence.Model.Access;

/// <summary>Whom an entry speaks of (docs/protocol/access.md, "Principals").</summary>
public readonly record struct Principal
{
    private const string MemberPrefix = "member:";
    private const string PassphrasePrefix = "pass:";
    private const string DomainPrefix = "*@";

    private readonly Kind _kind;
    private readonly Address? _address;
    private readonly Domain? _domain;
    private readonly string? _passphrase;

    private Principal(Kind kind, Address? address = null, Domain? domain = null, string? passphrase = null)
    {
        _kind = kind;
        _address = address;
        _domain = domain;
        _passphrase = passphrase;
    }

    private enum Kind
    {
        Everyone = 0,
        Anonymous = 1,
        Owner = 2,
        Domain = 3,
        Member = 4,
        Passphrase = 5,
        Person = 6,
    }

    /// <summary>Every authenticated user: <c>*</c>.</summary>
    public static Principal Everyone => default;

    /// <summary>Whoever has not authenticated: <c>anon</c>.</summary>
    public static Principal Anonymous => new(Kind.Anonymous);

    /// <summary>The most specific entry decides: person, passphrase, member, domain, everyone, anonymous.</summary>
    public int Specificity => _kind switch
    {
        Kind.Person or Kind.Owner => 5,
        Kind.Passphrase => 4,
        Kind.Member => 3,
        Kind.Domain => 2,
        Kind.Everyone => 1,
        _ => 0,
    };

    /// <summary>The group of <c>member:</c>, or null.</summary>
    public Address? Group => _kind == Kind.Member ? _address : null;

    /// <summary>The passphrase id of <c>pass:</c>, or null.</summary>
    public string? Passphrase => _passphrase;

    /// <summary>Whom it names, if it is one person.</summary>
    public Address? Named => IsPerson ? _address : null;

    public bool IsPerson => _kind == Kind.Person;

    public bool IsDomain => _kind == Kind.Domain;

    public static Principal Person(Address address) => new(Kind.Person, address);

    /// <summary>Present members of a group.</summary>
    public static Principal MembersOf(Address group) => new(Kind.Member, group);

    /// <summary>Whoever has proven the passphrase with this id, 1–64 token characters.</summary>
    public static Principal Knowing(string passphrase) => new(Kind.Passphrase, passphrase: passphrase);

    /// <summary>All users of exactly this domain, sub-domains not included: <c>*@b.example</c>.</summary>
    public static Principal UsersOf(Domain domain) => new(Kind.Domain, domain: domain);

    /// <summary>Wire form: <c>*</c>, <c>anon</c>, <c>owner</c>, <c>*@domain</c>, <c>member:group</c>, <c>pass:id</c>, or an address.</summary>
    public override string ToString() => _kind switch
    {
        Kind.Everyone => "*",
        Kind.Anonymous => "anon",
        Kind.Owner => "owner",
        Kind.Domain => DomainPrefix + _domain,
        Kind.Member => MemberPrefix + _address,
        Kind.Passphrase => PassphrasePrefix + _passphrase,
        _ => _address.ToString()!,
    };

    /// <summary>Reads the wire form; false for anything else.</summary>
    public static bool TryParse(string text, out Principal principal)
    {
        principal = text switch
        {
            "*" => Everyone,
            "anon" => Anonymous,
            "owner" => new Principal(Kind.Owner),
            _ => default,
        };
        if (text is "*" or "anon" or "owner")
            return true;
        if (text.StartsWith(DomainPrefix, StringComparison.Ordinal))
            return TryDomain(text[DomainPrefix.Length..], out principal);
        if (text.StartsWith(PassphrasePrefix, StringComparison.Ordinal))
            return TryPassphrase(text[PassphrasePrefix.Length..], out principal);
        var isMember = text.StartsWith(MemberPrefix, StringComparison.Ordinal);
        if (!Address.TryParse(isMember ? text[MemberPrefix.Length..] : text, out var address, out _) || address.IsDomain)
            return false;
        principal = isMember ? MembersOf(address) : Person(address);
        return true;
    }

    public bool Matches(Asker asker) => _kind switch
    {
        Kind.Anonymous => asker.Person is null,
        Kind.Passphrase => asker.Passphrases.Contains(_passphrase!),
        Kind.Everyone => asker.Person is not null,
        Kind.Domain => asker.Person is { } person && _domain is { } domain && person.Domain.Equals(domain),
        Kind.Member => asker.Person is not null && asker.Groups.Contains(_address!.Value),
        Kind.Person => asker.Person is { } person && _address is { } address && person.Equals(address),
        _ => false,
    };

    private static bool TryDomain(string text, out Principal principal)
    {
        var isDomain = Address.TryParse(text, out var address, out _) && address.IsDomain;
        principal = isDomain ? UsersOf(address.Domain) : default;
        return isDomain;
    }

    private static bool TryPassphrase(string text, out Principal principal)
    {
        var isToken = text.Length is > 0 and <= 64
            && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
        principal = isToken ? Knowing(text) : default;
        return isToken;
    }
}
