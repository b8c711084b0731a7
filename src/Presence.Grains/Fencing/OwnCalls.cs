namespace Presence.Grains.Fencing;

/// <summary>Tells calls between our grains and gateways from those by which Orleans runs the cluster, with rules of their own.</summary>
internal static class OwnCalls
{
    private const string Prefix = "Presence.";

    public static bool Are(IGrainCallContext context) => context.InterfaceName.StartsWith(Prefix, StringComparison.Ordinal);
}
