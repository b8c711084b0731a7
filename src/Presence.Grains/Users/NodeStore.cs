using System.Security.Cryptography;
using Presence.Model.Access;
using Presence.Model.Properties;

namespace Presence.Grains.Users;

/// <summary>
/// Keeps what lasts of a node. What cannot be stored has not happened: the caller gets the exception, nothing in memory
/// has changed, and the activation goes, so that the next one reads what is true.
/// </summary>
internal sealed class NodeStore(IPersistentState<NodeRecord> record, UserNode node, Action deactivate)
{
    /// <summary>Reads the node if there is one; false if nobody holds the address.</summary>
    public bool Load(DateTimeOffset now)
    {
        if (record.RecordExists)
            node.Load(record.State, now);
        return record.RecordExists;
    }

    public async Task Create(DateTimeOffset now)
    {
        await Write(new NodeRecord
        {
            Created = now.ToUnixTimeMilliseconds(),
            NodeId = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)),
        });
        node.Load(record.State, now);
    }

    public async Task Clear()
    {
        await record.ClearStateAsync();
        node.Forget();
    }

    public Task Write(NodeProperties properties) => Write(record.State.With(properties, node.Access));

    /// <summary>Stores and takes over another access list; gives the version of that change.</summary>
    public async Task<long> Write(AccessList access, DateTimeOffset now)
    {
        await Write(record.State.With(node.Properties, access));
        node.Replace(access);
        var version = VersionClock.Next(node.Properties.Version, now);
        node.Replace(node.Properties with { Version = version }, node.View);
        return version;
    }

    private async Task Write(NodeRecord next)
    {
        var before = record.State;
        try
        {
            record.State = next;
            await record.WriteStateAsync();
        }
        catch
        {
            record.State = before;
            deactivate();
            throw;
        }
    }
}
