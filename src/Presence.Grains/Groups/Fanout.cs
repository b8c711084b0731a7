using Presence.Contracts.Routes;
using Presence.Grains.Metrics;
using Presence.Model.Addresses;

namespace Presence.Grains.Groups;

/// <summary>
/// Spreads notices to many people (docs/decisions/0093). Each recipient has a lane, in which his grain accounts for one message
/// after the other; some lanes move at a time. When the grains have answered, the message crosses once to each gateway with
/// the names of the sessions there. Nobody waits for the slow ones: a grain that takes too long is left behind, and a
/// gateway holds up its own route alone. It belongs to one activation and runs on its scheduler, so it needs no lock.
/// Memory is bounded: by the messages that are under way, and by what waits in one lane and for one gateway; what is full
/// misses what comes, as somebody who is not there.
/// </summary>
/// <param name="post">The ways to members.</param>
/// <param name="maxUnderWay">Messages that are under way.</param>
/// <param name="metrics">Where they are counted.</param>
internal sealed class Fanout(IMemberPost post, int maxUnderWay, GrainMetrics metrics)
{
    /// <summary>Recipients that are dealt with at the same time.</summary>
    private const int Width = 64;

    /// <summary>Notices that wait for one recipient.</summary>
    private const int Depth = 64;

    /// <summary>Lanes that stay though nothing waits in them: else the next message makes all of them again (<c>bench group</c>).</summary>
    private const int Kept = 1024;

    private readonly Dictionary<Address, Lane> _lanes = [];
    private readonly Queue<Lane> _ready = new();
    private readonly Crossing _crossing = new(post, metrics);
    private int _underWay;
    private int _workers;
    private TaskCompletionSource? _still;

    /// <summary>Complete when nothing is under way.</summary>
    public async Task Idle()
    {
        while (_workers > 0 || !_crossing.IsIdle)
        {
            _still ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await (_workers > 0 ? _still.Task : _crossing.Idle());
        }
    }

    /// <summary>False if too much is under way, and nothing was taken. Returns before the slow ones have it.</summary>
    public bool TryPost(MessageNotice notice, IReadOnlyCollection<Address> recipients)
    {
        if (_underWay >= maxUnderWay)
        {
            metrics.Held("group-messages");
            return false;
        }

        Put(new Parcel(notice, CountUnderWay), recipients);
        return true;
    }

    /// <summary>Tells what is small and rare, whatever is under way.</summary>
    public void Tell(SessionNotice notice, IReadOnlyCollection<Address> recipients) =>
        Put(new Parcel(notice, null), recipients);

    /// <summary>Takes back what waits for this recipient; the task ends when nothing is being handed to him any more.</summary>
    public async Task Forget(Address recipient)
    {
        if (_lanes.TryGetValue(recipient, out var lane))
        {
            foreach (var item in lane.Waiting)
                Leave(item);
            lane.Waiting.Clear();
            await lane.Moving;
        }

        await _crossing.Drop(recipient);
        if (lane is { IsEmpty: true, IsScheduled: false })
            Remove(lane);
    }

    private void Put(Parcel parcel, IReadOnlyCollection<Address> recipients)
    {
        parcel.Begin();
        parcel.Await();
        if (parcel.Message is not null)
            _crossing.Expect(parcel);
        foreach (var recipient in recipients)
            Put(parcel, recipient);
        parcel.Done();
        Answered(parcel);
        Start();
    }

    private void Put(Parcel parcel, Address recipient)
    {
        if (!_lanes.TryGetValue(recipient, out var lane))
            _lanes[recipient] = lane = new Lane(recipient);
        if (lane.Waiting.Count >= Depth)
        {
            metrics.Held("group-lane");
            return;
        }

        var isShared = parcel.Message is not null && !lane.IsLate && !post.IsElsewhere(recipient);
        if (isShared && lane.IsIdle && post.TryAnnounce(lane, parcel.Message!.Message) is { } expected)
        {
            Gather(lane, parcel, expected);
            return;
        }

        lane.Waiting.Add(new LaneItem(parcel, isShared));
        parcel.Hold();
        if (isShared)
            parcel.Await();
        Schedule(lane);
    }

    private void Schedule(Lane lane)
    {
        if (lane.IsScheduled)
            return;
        lane.IsScheduled = true;
        _ready.Enqueue(lane);
    }

    private void Start()
    {
        while (_workers < Width && _ready.Count > 0)
        {
            // Owned by Idle, which the grain awaits before it goes.
            _workers++;
            _ = Work();
        }
    }

    /// <summary>Moves ready lanes by one notice each, so that a full lane does not hold up the others.</summary>
    private async Task Work()
    {
        while (_ready.TryDequeue(out var lane))
        {
            lane.IsScheduled = false;
            if (lane.Waiting.Count > 0 && (lane.Waiting[0].IsShared || lane.Last is null or { HasCrossed: true }))
            {
                lane.IsScheduled = true;
                var item = lane.Waiting[0];
                lane.Waiting.RemoveAt(0);
                lane.Moving = Move(lane, item);
                await lane.Moving;
                lane.IsScheduled = false;
                lane.IsLate &= lane.Waiting.Count > 0;
                if (lane.Waiting.Count > 0)
                    Schedule(lane);
            }

            if (lane.IsEmpty)
                Spare(lane);
        }

        _workers--;
        if (_workers > 0)
            return;
        _still?.TrySetResult();
        _still = null;
    }

    private async Task Move(Lane lane, LaneItem item)
    {
        var parcel = item.Parcel;
        if (!item.IsShared)
        {
            if (parcel.Message is not null)
                metrics.Copied();
            await post.HandOver(lane.Recipient, parcel.Notice);
            parcel.Done();
            return;
        }

        // His grain may have opened its window since: else, once lanes are full, each message would be a call for ever.
        var message = parcel.Message!.Message;
        if ((post.TryAnnounce(lane, message) ?? await post.Announce(lane.Recipient, message)) is not { } expected)
        {
            BeLate(lane, parcel);
            return;
        }

        Gather(lane, parcel, expected);
        parcel.Done();
        Answered(parcel);
    }

    private void Gather(Lane lane, Parcel parcel, ExpectedCopy expected)
    {
        metrics.Copied();
        parcel.Gather(lane, expected);
        lane.Gathered(parcel);
    }

    /// <summary>His grain takes too long: this and what waits is handed to it one by one, and the others go without it.</summary>
    private void BeLate(Lane lane, Parcel parcel)
    {
        lane.IsLate = true;
        var left = lane.Waiting.Where(item => item.IsShared).Select(item => item.Parcel).Prepend(parcel).ToList();
        var waiting = lane.Waiting.Select(item => item with { IsShared = false }).ToList();
        lane.Waiting.Clear();
        lane.Waiting.Add(new LaneItem(parcel, IsShared: false));
        lane.Waiting.AddRange(waiting);
        left.ForEach(Answered);
    }

    private void Leave(LaneItem item)
    {
        item.Parcel.Done();
        if (item.IsShared)
            Answered(item.Parcel);
    }

    /// <summary>What has crossed lets lanes go on that waited for it.</summary>
    private void Answered(Parcel parcel)
    {
        parcel.Answered();
        if (parcel.Message is not null)
            _crossing.Depart(Resume);
    }

    private void Resume(Parcel crossed)
    {
        foreach (var lane in crossed.Lanes)
        {
            lane.Cross(crossed);
            if (lane.Waiting.Count > 0)
                Schedule(lane);
            else if (lane is { IsEmpty: true, IsScheduled: false })
                Spare(lane);
        }

        Start();
    }

    /// <summary>Few enough are kept for the next message.</summary>
    private void Spare(Lane lane)
    {
        if (_lanes.Count > Kept)
            Remove(lane);
    }

    /// <summary>Unless he has a new one by now.</summary>
    private void Remove(Lane lane)
    {
        if (_lanes.GetValueOrDefault(lane.Recipient) == lane)
            _lanes.Remove(lane.Recipient);
    }

    private void CountUnderWay(int change)
    {
        _underWay += change;
        metrics.UnderWay(change);
    }
}
