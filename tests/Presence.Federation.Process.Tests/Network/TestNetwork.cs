namespace Presence.Federation.Process.Tests.Network;

/// <summary>Three hosts: one with a name server, and one for each of two domains.</summary>
internal abstract class TestNetwork : IAsyncDisposable
{
    public abstract Place Dns { get; }

    public abstract Place A { get; }

    public abstract Place B { get; }

    /// <summary>True if <see cref="Cut"/> can cut.</summary>
    public abstract bool CanCut { get; }

    /// <summary>Hosts with networks of their own where this machine allows it, else addresses of loopback.</summary>
    public static async Task<TestNetwork> Create() =>
        await NamespaceNetwork.TryCreate() is { } network ? network : new LoopbackNetwork();

    /// <summary>From now on nothing gets from one domain to the other; packets vanish. The name server stays in reach.</summary>
    public abstract Task Cut();

    public abstract Task Heal();

    /// <summary>Gives a host a further address, the next one.</summary>
    public abstract Task<Place> Move(Place place);

    public abstract ValueTask DisposeAsync();
}
