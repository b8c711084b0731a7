using Presence.Model.Addresses;

namespace Presence.Model.Access;

/// <summary>Whom an entry speaks of: one person, all users of one domain, or every authenticated user.</summary>
public readonly record struct Principal
{
    private readonly Address? _person;
    private readonly Domain? _domain;

    private Principal(Address? person, Domain? domain)
    {
        _person = person;
        _domain = domain;
    }

    /// <summary>Every authenticated user: <c>*</c>.</summary>
    public static Principal Everyone => default;

    /// <summary>2 for a person, 1 for a domain, 0 for everyone: the most specific entry decides.</summary>
    public int Specificity => _person is not null ? 2 : _domain is not null ? 1 : 0;

    public static Principal Person(Address address) => new(address, null);

    /// <summary>All users of exactly this domain, sub-domains not included: <c>*@b.example</c>.</summary>
    public static Principal UsersOf(Domain domain) => new(null, domain);

    /// <summary>Wire form: an address, <c>*@domain</c>, or <c>*</c>.</summary>
    public override string ToString() => _person?.ToString() ?? (_domain is { } domain ? $"*@{domain}" : "*");

    public bool Matches(Address asker) =>
        _person is { } person ? person.Equals(asker) : _domain is not { } domain || domain.Equals(asker.Domain);
}
