using Presence.Contracts.Routes;
using Presence.Grains.Metrics;
using Presence.Model.Addresses;

namespace Presence.Grains.Groups;

/// <summary>
/// Spreads notices to many people without making anybody wait for the slow ones: each recipient has a lane of his own,
/// which keeps the order; some lanes move at a time. It belongs to one activation and runs on its scheduler, so it needs
/// no lock. Memory is bounded twice: by the messages that are under way, and by what waits in one lane; a lane that is
/// full misses what comes, as somebody who is not there.
/// </summary>
/// <param name="deliver">Hands one notice to one recipient; it tells failures itself and never throws.</param>
/// <param name="maxUnderWay">Messages that are under way.</param>
/// <param name="metrics">Where they are counted.</param>
internal sealed class Fanout(Func<Address, SessionNotice, Task> deliver, int maxUnderWay, GrainMetrics metrics)
{
    /// <summary>Recipients that are handed something at the same time.</summary>
    private const int Width = 64;

    /// <summary>Notices that wait for one recipient.</summary>
    private const int Depth = 64;

    private readonly Dictionary<Address, Lane> _lanes = [];
    private readonly Queue<Lane> _ready = new();
    private int _underWay;
    private int _workers;
    private TaskCompletionSource? _idle;

    /// <summary>Complete when nothing is under way.</summary>
    public Task Idle => _workers == 0
        ? Task.CompletedTask
        : (_idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>False if too much is under way, and nothing was taken. Returns before the slow ones have it.</summary>
    public bool TryPost(SessionNotice notice, IReadOnlyCollection<Address> recipients)
    {
        if (_underWay >= maxUnderWay)
        {
            metrics.Held("group-messages");
            return false;
        }

        Put(new Parcel(notice, this), recipients);
        return true;
    }

    /// <summary>Tells what is small and rare, whatever is under way.</summary>
    public void Tell(SessionNotice notice, IReadOnlyCollection<Address> recipients) =>
        Put(new Parcel(notice, null), recipients);

    /// <summary>Takes back what waits for this recipient; the task ends when nothing is being handed to him any more.</summary>
    public Task Forget(Address recipient)
    {
        if (!_lanes.TryGetValue(recipient, out var lane))
            return Task.CompletedTask;
        while (lane.Waiting.TryDequeue(out var parcel))
            parcel.Done();
        return lane.Moving;
    }

    private void Put(Parcel parcel, IReadOnlyCollection<Address> recipients)
    {
        parcel.Begin();
        foreach (var recipient in recipients)
        {
            if (!_lanes.TryGetValue(recipient, out var lane))
            {
                _lanes[recipient] = lane = new Lane(recipient);
                _ready.Enqueue(lane);
            }

            if (lane.Waiting.Count >= Depth)
            {
                metrics.Held("group-lane");
                continue;
            }

            lane.Waiting.Enqueue(parcel);
            parcel.Add();
        }

        parcel.Done();
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
            if (lane.Waiting.TryDequeue(out var parcel))
            {
                metrics.Copied();
                lane.Moving = deliver(lane.Recipient, parcel.Notice);
                await lane.Moving;
                parcel.Done();
            }

            if (lane.Waiting.Count > 0)
                _ready.Enqueue(lane);
            else
                _lanes.Remove(lane.Recipient);
        }

        _workers--;
        if (_workers > 0)
            return;
        _idle?.TrySetResult();
        _idle = null;
    }

    private void CountUnderWay(int change)
    {
        _underWay += change;
        metrics.UnderWay(change);
    }

    private sealed class Lane(Address recipient)
    {
        public Address Recipient { get; } = recipient;

        public Queue<Parcel> Waiting { get; } = new();

        public Task Moving { get; set; } = Task.CompletedTask;
    }

    /// <summary>One notice and how many lanes hold it still; counted only for the fan-out that bounds it.</summary>
    private sealed class Parcel(SessionNotice notice, Fanout? counter)
    {
        private int _holders;

        public SessionNotice Notice { get; } = notice;

        /// <summary>Held by the one who puts it into lanes, until he is through.</summary>
        public void Begin()
        {
            _holders = 1;
            counter?.CountUnderWay(1);
        }

        public void Add() => _holders++;

        public void Done()
        {
            if (--_holders == 0)
                counter?.CountUnderWay(-1);
        }
    }
}
