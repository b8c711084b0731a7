using System.Collections.Immutable;
using System.Globalization;
using Presence.Contracts;
using Presence.Contracts.Peers;
using Presence.Contracts.Routes;
using Presence.Model.Addresses;

namespace Presence.Grains.Groups;

/// <summary>
/// The members of a group in one other domain, as that domain was last told (ROSTER). A message then names the list instead
/// of all of them; what changes is told before the next message.
/// </summary>
internal sealed class RosterAbroad(Address group, Domain remote, IPeerDomainGrain peer, PresenceClock clock)
{
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(30);

    // Messages follow each other: only one of them tells what has changed.
    private Task _telling = Task.CompletedTask;
    private ImmutableHashSet<string> _names = [];
    private long _epoch;

    /// <summary>Epochs are times, so that a group that was forgotten by one side or the other does not use one twice.</summary>
    private long _told;

    /// <summary>The epoch under which the other domain knows exactly these names; null if it cannot be told.</summary>
    public async Task<long?> Agree(ImmutableHashSet<string> names)
    {
        var before = _telling;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _telling = done.Task;
        await before;
        try
        {
            if (_epoch > 0 && _names.SetEquals(names))
                return _epoch;
            if (_epoch > 0 && _names.SymmetricExcept(names) is { } changed && changed.Count < names.Count
                && await Tell(names, changed.Select(name => Line(name, isGone: !names.Contains(name))), _epoch))
                return _epoch;
            return await Tell(names, names.Select(name => Line(name, isGone: false)), null) ? _epoch : null;
        }
        finally
        {
            done.SetResult();
        }
    }

    /// <summary>The other domain does not know this list, or not any more.</summary>
    public void Forget(long epoch)
    {
        if (_epoch == epoch)
            _epoch = 0;
    }

    private async Task<bool> Tell(ImmutableHashSet<string> names, IEnumerable<RosterLine> lines, long? since)
    {
        _told = Math.Max(_told + 1, clock.Now.ToUnixTimeMilliseconds());
        var epoch = _told;
        var reply = await peer.Ask(new PeerRequest(
            "ROSTER", group.ToString(),
            [
                new("from", group.ToString()),
                Number("epoch", epoch),
                .. since is { } before ? [Number("base", before)] : Array.Empty<SavedParameter>(),
                new("type", "text/pip-who"),
            ],
            null, clock.Now + Life, Members: [.. lines.OrderBy(line => line.Who)]));
        var isTaken = reply is { Code: 200 };
        (_names, _epoch) = isTaken ? (names, epoch) : (names, 0);
        return isTaken;
    }

    private RosterLine Line(string name, bool isGone) => new(Address.Parse($"{name}@{remote}"), isGone);

    private static SavedParameter Number(string name, long number) =>
        new(name, number.ToString(CultureInfo.InvariantCulture));
}
