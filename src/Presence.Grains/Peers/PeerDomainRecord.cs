namespace Presence.Grains.Peers;

/// <summary>Stored: which nodes of the other domain our users watch.</summary>
[GenerateSerializer, Alias("presence.s.peer-domain")]
internal sealed class PeerDomainRecord
{
    [Id(0)] public HashSet<string> Mirrors { get; set; } = [];
}
