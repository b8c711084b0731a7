using System.Collections.Immutable;
using Presence.Contracts.Users;

namespace Presence.Contracts.Domains;

/// <summary>The lines that bound owners' decisions in a domain.</summary>
/// <param name="Version">Grows with each change; 0 while nothing was laid down.</param>
/// <param name="Ceiling">What owners cannot exceed.</param>
/// <param name="Floor">What owners cannot take away.</param>
/// <param name="MostCeilings">The most lines of a ceiling that there ever were.</param>
/// <param name="MostFloors">The most lines of a floor.</param>
[GenerateSerializer, Immutable, Alias("presence.domain-bounds")]
public sealed record DomainBounds(
    [property: Id(0)] long Version,
    [property: Id(1)] ImmutableArray<AccessLine> Ceiling,
    [property: Id(2)] ImmutableArray<AccessLine> Floor,
    [property: Id(3)] int MostCeilings = 0,
    [property: Id(4)] int MostFloors = 0)
{
    public static readonly DomainBounds None = new(0, [], []);
}
