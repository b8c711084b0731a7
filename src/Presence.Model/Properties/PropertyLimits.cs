namespace Presence.Model.Properties;

/// <summary>Ceilings on what one node may hold.</summary>
/// <param name="MaxProperties">Properties of a node, default 256; one more is refused with 431.</param>
/// <param name="MaxValueSize">Octets of a value, default 16 384; more is refused with 413.</param>
/// <param name="MaxLease">Longest lease, default 24 h; more is refused with 400.</param>
public sealed record PropertyLimits(int MaxProperties, int MaxValueSize, TimeSpan MaxLease)
{
    public static readonly PropertyLimits Default = new(256, 16 * 1024, TimeSpan.FromHours(24));
}
