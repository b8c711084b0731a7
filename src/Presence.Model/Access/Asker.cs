using System.Collections.Immutable;
using Presence.Model.Addresses;

namespace Presence.Model.Access;

/// <summary>Who asks, with all that is known about him for this one decision.</summary>
/// <param name="Person">The authenticated user, or null for a connection that never authenticated.</param>
public sealed record Asker(Address? Person)
{
    public static readonly Asker Anonymous = new((Address?)null);

    /// <summary>Ids of the passphrases that he has proven for this request.</summary>
    public ImmutableArray<string> Passphrases { get; init; } = [];

    /// <summary>Those groups named in the node's lists of which he is a member now.</summary>
    public ImmutableHashSet<Address> Groups { get; init; } = [];

    public static Asker Of(Address person) => new(person);

    /// <summary>Wire form of the principal: an address, or <c>anon</c>.</summary>
    public override string ToString() => Person?.ToString() ?? Principal.Anonymous.ToString();
}
