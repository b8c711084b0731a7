namespace Presence.Grains.Domains;

/// <summary>Stored form of what administrators have laid down for a domain: lines as in configuration.</summary>
[GenerateSerializer, Alias("presence.s.domain-policy")]
internal sealed class DomainPolicyRecord
{
    [Id(0)] public long Version { get; set; }

    [Id(1)] public List<string> Ceiling { get; set; } = [];

    [Id(2)] public List<string> Floor { get; set; } = [];

    /// <summary>The most lines that there ever were: who watches must hear of each that is gone.</summary>
    [Id(3)] public int MostCeilings { get; set; }

    [Id(4)] public int MostFloors { get; set; }
}
