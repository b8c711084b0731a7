using System.Buffers;
using Presence.Model.Addresses;
using Presence.Protocol.Bodies;

namespace Presence.Client.Lasting;

/// <summary>All places that this client watches. Safe for several threads.</summary>
internal sealed class WatchBook
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Watched> _byId = new(StringComparer.Ordinal);

    /// <summary>Those that have a reader.</summary>
    public IReadOnlyList<Watched> All
    {
        get
        {
            lock (_lock)
                return [.. _byId.Values];
        }
    }

    /// <summary>Adds a reader of a place.</summary>
    /// <returns>True if he is the first, so that the server must be asked.</returns>
    public bool Enter(string id, Place target, WatchSecret? secret, out Watched watched)
    {
        lock (_lock)
        {
            var isNew = !_byId.TryGetValue(id, out var known);
            watched = known ?? (_byId[id] = new Watched(id, target) { Secret = secret });
            watched.Readers++;
            return isNew;
        }
    }

    public void Leave(Watched watched)
    {
        lock (_lock)
        {
            if (--watched.Readers == 0)
                _byId.Remove(watched.Id);
        }
    }

    /// <summary>Null if this client does not watch it, though another endpoint of the account may.</summary>
    public Watched? Find(string? id)
    {
        lock (_lock)
            return id is null ? null : _byId.GetValueOrDefault(id);
    }

    /// <summary>What is held of each place, as bodies of SYNC that are no longer than the server takes.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Held(int maxBody)
    {
        const int MaxItem = 2048;
        var octets = new ArrayBufferWriter<byte>();
        foreach (var watched in All)
        {
            var writer = new LineBodyWriter(octets);
            writer.Item(watched.Id);
            writer.Param("ver", watched.Version);
            writer.Param("at", watched.Target.ToString());
            writer.End();
            if (octets.WrittenCount + MaxItem <= maxBody)
                continue;

            yield return octets.WrittenMemory;
            octets = new ArrayBufferWriter<byte>();
        }

        if (octets.WrittenCount > 0)
            yield return octets.WrittenMemory;
    }
}
