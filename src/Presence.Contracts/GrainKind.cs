namespace Presence.Contracts;

/// <summary>
/// References to grains of one interface. Orleans finds out anew for each reference which grain stands behind an interface, by
/// reading attributes: a tenth of what a message cost (<c>bench im</c>). It is the same for as long as the process lives.
/// </summary>
internal static class GrainKind<TGrain>
    where TGrain : IGrainWithStringKey
{
    private static volatile Kind? _kind;

    /// <exception cref="ArgumentException">No silo that this process knows of has such grains.</exception>
    public static TGrain Get(IGrainFactory grains, string key)
    {
        if (_kind is { } kind)
            return (TGrain)grains.GetGrain(GrainId.Create(kind.Grain, key), kind.Interface);
        var first = grains.GetGrain<TGrain>(key);
        if (first is GrainReference reference)
            _kind = new Kind(reference.GrainId.Type, reference.InterfaceType);
        return first;
    }

    private sealed record Kind(GrainType Grain, GrainInterfaceType Interface);
}
