using System.Collections.Immutable;
using Presence.Contracts.Nearby;
using Presence.Contracts.Routes;
using Presence.Contracts.Users;
using Presence.Model.Access;
using Presence.Model.Properties;

namespace Presence.Grains.Users;

/// <summary>
/// All that the grain of a user decides plain messages by, as it is until something of it changes. Immutable, so that it may be
/// read from any thread. Only of a user without forward rule, without groups in his lists, and with nothing that waits for him.
/// </summary>
internal sealed class DeskRules
{
    private readonly ExpectedCopy _withReceipts;
    private readonly ExpectedCopy _withoutReceipts;

    /// <param name="access">Who may do what.</param>
    /// <param name="properties">The node's properties.</param>
    /// <param name="reachable">Endpoints that messages go to.</param>
    /// <param name="bound">All endpoints.</param>
    /// <param name="near">The gateway in this process.</param>
    public DeskRules(
        NodeAccess access, NodeProperties properties, IReadOnlyList<EndpointBinding> reachable,
        IEnumerable<EndpointBinding> bound, NearGateway near)
    {
        Access = access;
        Properties = properties;
        Reachable = Doors(reachable, near);
        Bound = Doors(bound, near);
        Sessions = [.. reachable.Select(endpoint => endpoint.Session)];
        ImmutableArray<CopyDoor> doors = [.. reachable.Select(endpoint => new CopyDoor(endpoint.Inbox, endpoint.Session))];
        _withReceipts = new ExpectedCopy(doors, TellsReceipts: true);
        _withoutReceipts = new ExpectedCopy(doors, TellsReceipts: false);
    }

    public NodeAccess Access { get; }

    public NodeProperties Properties { get; }

    /// <summary>Sessions that messages go to.</summary>
    public ImmutableArray<string> Sessions { get; }

    /// <summary>The ways to them; null if some are at another process.</summary>
    public ImmutableArray<NearDoor>? Reachable { get; }

    /// <summary>The ways to all sessions; null if some are at another process.</summary>
    public ImmutableArray<NearDoor>? Bound { get; }

    /// <summary>The sessions that messages go to, for a group; made once for all messages.</summary>
    public ExpectedCopy Expected(bool tellsReceipts) => tellsReceipts ? _withReceipts : _withoutReceipts;

    private static ImmutableArray<NearDoor>? Doors(IEnumerable<EndpointBinding> endpoints, NearGateway near)
    {
        var doors = ImmutableArray.CreateBuilder<NearDoor>();
        foreach (var endpoint in endpoints)
        {
            if (near.At(endpoint.Inbox) is not { } inbox)
                return null;
            doors.Add(new NearDoor(inbox, endpoint.Session));
        }

        return doors.ToImmutable();
    }
}

/// <summary>A session at the gateway in this process.</summary>
internal readonly record struct NearDoor(INearInbox Inbox, string Session)
{
    public bool Take(SessionNotice notice) => Inbox.Take(Session, notice);
}
