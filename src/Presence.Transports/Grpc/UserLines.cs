using System.Collections.Concurrent;
using Presence.Contracts;
using Presence.Model.Addresses;
using Presence.Protocol.Framing;
using Presence.Sessions.Transport;

namespace Presence.Transports.Grpc;

/// <summary>
/// The lines of unary calls: one for each user, so that his calls are counted and limited together as those of one
/// connection are, and executed in order. A line that was not used for a minute is closed.
/// </summary>
internal sealed class UserLines : IAsyncDisposable
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Address, UserLine> _lines = new();
    private readonly ISessionHost _sessions;
    private readonly PresenceClock _clock;
    private readonly ITimer _sweep;

    public UserLines(ISessionHost sessions, PresenceClock clock)
    {
        _sessions = sessions;
        _clock = clock;
        _sweep = clock.Time.CreateTimer(_ => Sweep(), null, Idle, Idle);
    }

    /// <summary>Sends a request and gives its final response.</summary>
    /// <param name="caller">Whose line it takes.</param>
    /// <param name="origin">Where this call comes from; told to the session of a new line.</param>
    /// <param name="write">Gives the frame with this tag.</param>
    /// <param name="cancel">Stops waiting; the request may have been executed.</param>
    public async Task<Frame> Ask(
        KnownCaller caller, CallOrigin origin, Func<long, ReadOnlyMemory<byte>> write, CancellationToken cancel)
    {
        while (true)
        {
            var line = _lines.GetOrAdd(caller.User, _ => new UserLine(() =>
                new SessionLine(_sessions, $"grpc-{origin.Id}", origin, caller)));
            if (await line.Ask(write, _clock.Now, cancel) is { } response)
                return response;
            await Close(caller.User, line);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _sweep.DisposeAsync();
        foreach (var (user, line) in _lines)
            await Close(user, line);
    }

    private void Sweep()
    {
        foreach (var (user, line) in _lines)
        {
            // Not awaited: closing a line that nobody uses never throws.
            if (line.IsIdle(_clock.Now - Idle))
                _ = Close(user, line);
        }
    }

    private async Task Close(Address user, UserLine line)
    {
        _lines.TryRemove(KeyValuePair.Create(user, line));
        await line.DisposeAsync();
    }
}
