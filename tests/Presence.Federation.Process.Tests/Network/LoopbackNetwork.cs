using System.Net;

namespace Presence.Federation.Process.Tests.Network;

/// <summary>Addresses of loopback that nobody else uses, for machines that let nobody make network namespaces.</summary>
internal sealed class LoopbackNetwork : TestNetwork
{
    public override Place Dns { get; } = At(10);

    public override Place A { get; } = At(11);

    public override Place B { get; } = At(12);

    public override bool CanCut => false;

    public override Task Cut() => throw new NotSupportedException("Loopback cannot be cut.");

    public override Task Heal() => Task.CompletedTask;

    public override Task<Place> Move(Place place) => Task.FromResult(place.Next());

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // Two runs on one machine differ by their process.
    private static Place At(byte host)
    {
        var run = Environment.ProcessId;
        var address = new IPAddress([127, (byte)(1 + (run / 250 % 250)), (byte)(1 + (run % 250)), host]);
        return new Place(address, address, null);
    }
}
