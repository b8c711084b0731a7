namespace Presence.Grains;

/// <summary>
/// A grain as others are to call it. Orleans finds out anew for each such reference what an interface is called, by reading
/// attributes: 4 % of a storm, in which every subscription makes one (<c>bench storm</c>). It is the same for as long as the process lives.
/// </summary>
internal static class OwnReference<TInterface>
    where TInterface : class, IAddressable
{
    private static GrainReference? _example;

    public static TInterface Of(Grain grain, IGrainFactory grains)
    {
        if (Volatile.Read(ref _example) is { } example)
            return (TInterface)grains.GetGrain(grain.GetGrainId(), example.InterfaceType);
        var first = grain.AsReference<TInterface>();
        Volatile.Write(ref _example, (GrainReference)(object)first);
        return first;
    }
}
