using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using Presence.Client.Connections;

namespace Presence.Client.Peers;

/// <summary>All connections that are tried at once, of which one is kept.</summary>
internal sealed class PeerAttempts(
    PeerOptions options, PeerIdentity identity, PeerMeeting meeting, CancellationToken looking)
{
    private readonly Lock _lock = new();
    private readonly List<Task> _attempts = [];
    private readonly TaskCompletionSource<PeerLink> _found = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _isDecided;

    public void Add(Task attempt)
    {
        lock (_lock)
            _attempts.Add(attempt);
    }

    /// <summary>Waits for the first connection, or until the search is over.</summary>
    public async Task Found(CancellationToken cancellation) =>
        await ((Task)_found.Task).WaitAsync(cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>Waits for all attempts, which must have been told to end.</summary>
    /// <returns>The connection that was found, or null.</returns>
    public async Task<PeerLink?> Finish()
    {
        while (TryTake(out var attempt))
            await attempt;

        return _found.Task.IsCompletedSuccessfully ? await _found.Task : null;
    }

    public Task Dial(IPEndPoint candidate) => Try(async () =>
    {
        var stream = await PeerSockets.Connect(candidate, identity, meeting.Offer.Fingerprint, looking);
        PeerLink? link = null;
        link = new PeerLink(stream, request => meeting.Door(link!, request), options);
        return (link, PeerEntry.Try(link, meeting.Self, meeting.Other, MayEnter, looking));
    });

    public Task Welcome(Socket accepted) => Try(async () =>
    {
        var stream = await PeerSockets.Welcome(accepted, identity, meeting.Offer.Fingerprint, looking);
        var entered = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        PeerLink? link = null;
        var entrance = new PeerEntrance(meeting.Self, meeting.Other, MayEnter)
        {
            Entered = () =>
            {
                link!.Serve(request => meeting.Door(link, request));
                entered.TrySetResult(true);
            },
        };
        link = new PeerLink(stream, entrance.Serve, options);
        link.Greet();
        return (link, Entered(link, entered.Task));
    });

    private static async Task<bool> Entered(PeerLink link, Task<bool> entered) =>
        await Task.WhenAny(entered, link.Ended) == entered;

    /// <summary>An attempt that fails or comes too late leaves nothing behind; that it may fail is why there are several.</summary>
    private async Task Try(Func<Task<(PeerLink Link, Task<bool> IsIn)>> connect)
    {
        PeerLink? link = null;
        var isKept = false;
        try
        {
            (link, var isIn) = await connect();
            isKept = await isIn.WaitAsync(looking) && _found.TrySetResult(link);
        }
        catch (Exception exception) when (exception is PipConnectionException or OperationCanceledException
            or TimeoutException)
        {
            // Another attempt may do better.
        }
        finally
        {
            if (link is not null && !isKept)
                await link.DisposeAsync();
        }
    }

    private bool MayEnter() => !meeting.Decides || Interlocked.Exchange(ref _isDecided, 1) == 0;

    private bool TryTake([MaybeNullWhen(false)] out Task attempt)
    {
        lock (_lock)
        {
            attempt = _attempts.LastOrDefault();
            return attempt is not null && _attempts.Remove(attempt);
        }
    }
}
