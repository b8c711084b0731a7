using Presence.Contracts.Routes;
using Presence.Model.Addresses;

namespace Presence.Grains.Groups;

/// <summary>
/// One notice on its way to many: the members' grains that have not answered, the copies gathered for each gateway, and how many
/// lanes and routes hold it still. Counted only for the fan-out that bounds it.
/// </summary>
internal sealed class Parcel(SessionNotice notice, Action<int>? count)
{
    private readonly Dictionary<IGatewayInbox, List<MemberCopy>> _gathered = [];
    private readonly List<Lane> _lanes = [];
    private int _holders;
    private int _awaited;
    private int _crossings;

    public SessionNotice Notice { get; } = notice;

    public MessageNotice? Message { get; } = notice as MessageNotice;

    /// <summary>True when all grains have answered that are waited for: it may cross.</summary>
    public bool IsComplete => _awaited == 0;

    /// <summary>True when each gateway has it, or could not be given it.</summary>
    public bool HasCrossed { get; private set; }

    public IReadOnlyDictionary<IGatewayInbox, List<MemberCopy>> Gathered => _gathered;

    /// <summary>Held by the one who puts it into lanes, until he is through.</summary>
    public void Begin()
    {
        _holders = 1;
        count?.Invoke(1);
    }

    public void Hold() => _holders++;

    public void Await() => _awaited++;

    /// <summary>A grain has answered, or is not waited for any more.</summary>
    public void Answered() => _awaited--;

    /// <summary>This member's copies cross with those of the others.</summary>
    public void Gather(Lane lane, ExpectedCopy expected)
    {
        _lanes.Add(lane);
        foreach (var door in expected.Doors)
        {
            if (!_gathered.TryGetValue(door.Gateway, out var copies))
                _gathered[door.Gateway] = copies = [];
            copies.Add(new MemberCopy(lane.Recipient, door.Session, expected.TellsReceipts));
        }
    }

    /// <summary>The member's copies do not cross to this gateway; gives their sessions.</summary>
    public IEnumerable<string> Drop(Address who, IGatewayInbox gateway)
    {
        var dropped = _gathered[gateway].FindAll(copy => copy.Who.Equals(who));
        _gathered[gateway].RemoveAll(dropped.Contains);
        return dropped.Select(copy => copy.Session);
    }

    /// <summary>It goes to this many gateways now. With none it has crossed already.</summary>
    public void Depart(int gateways)
    {
        _crossings = gateways;
        HasCrossed = gateways == 0;
    }

    /// <summary>One gateway is through with it.</summary>
    public void Crossed() => HasCrossed = --_crossings == 0;

    /// <summary>The lanes of those who were gathered: some may wait until it has crossed.</summary>
    public IReadOnlyList<Lane> Lanes => _lanes;

    public void Done()
    {
        if (--_holders == 0)
            count?.Invoke(-1);
    }
}

/// <summary>A copy for one session of a member.</summary>
internal readonly record struct MemberCopy(Address Who, string Session, bool TellsReceipts);
