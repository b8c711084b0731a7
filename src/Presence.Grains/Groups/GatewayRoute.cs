using Presence.Contracts.Routes;
using Presence.Model.Addresses;

namespace Presence.Grains.Groups;

/// <summary>What waits to cross to one gateway, in the order in which it was posted. One call is under way at a time.</summary>
internal sealed class GatewayRoute(IGatewayInbox gateway)
{
    /// <summary>Messages that wait for a gateway.</summary>
    public const int Depth = 64;

    /// <summary>Messages in one call.</summary>
    private const int MaxTogether = 16;

    private readonly Queue<Parcel> _waiting = new();

    public IGatewayInbox Gateway { get; } = gateway;

    public bool IsFull => _waiting.Count >= Depth;

    public bool IsEmpty => _waiting.Count == 0;

    public IEnumerable<Parcel> Waiting => _waiting;

    /// <summary>Under way now.</summary>
    public IReadOnlyList<Parcel> Carried { get; private set; } = [];

    /// <summary>True while somebody carries.</summary>
    public bool IsBusy { get; set; }

    /// <summary>Complete when what is under way has been taken.</summary>
    public Task Carrying { get; set; } = Task.CompletedTask;

    public void Put(Parcel parcel) => _waiting.Enqueue(parcel);

    public IReadOnlyList<Parcel> Load()
    {
        var load = new List<Parcel>();
        while (load.Count < MaxTogether && _waiting.TryDequeue(out var parcel))
            load.Add(parcel);
        return Carried = load;
    }

    public bool Carries(Address who) =>
        Carried.Any(parcel => parcel.Gathered[Gateway].Exists(copy => copy.Who.Equals(who)));

    public void Unload() => Carried = [];
}
