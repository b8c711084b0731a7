using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Presence.Contracts;

namespace Presence.Sessions.Authentication;

/// <summary>
/// Slows down guessing (docs/protocol/threats.md, T7): after three failures of one name from one address block each
/// further login waits, twice as long each time. Names that do not exist are counted like others. Memory only, and bounded.
/// </summary>
internal sealed class FailedLogins(PresenceClock clock, IOptions<SessionOptions> options)
{
    /// <summary>Failures that cost nothing: people mistype.</summary>
    private const int Free = 3;

    /// <summary>The wait is doubled so often at most.</summary>
    private const int MaxDoublings = 4;

    private const int MaxEntries = 10_000;
    private const int MaxName = 128;

    private static readonly TimeSpan Remember = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<(string Name, string Block), (int Count, DateTimeOffset At)> _failures = new();

    /// <summary>Complete when the next attempt may be looked at.</summary>
    public Task Delay(string name, string remote)
    {
        var wait = WaitOf(name, remote);
        return wait > TimeSpan.Zero ? Task.Delay(wait, clock.Time) : Task.CompletedTask;
    }

    public TimeSpan WaitOf(string name, string remote)
    {
        // Almost always: then no key need be made.
        if (_failures.IsEmpty)
            return TimeSpan.Zero;
        if (!_failures.TryGetValue(KeyOf(name, remote), out var known) || known.Count < Free
            || clock.Now - known.At > Remember)
            return TimeSpan.Zero;
        return options.Value.AuthDelay * (1 << Math.Min(known.Count - Free, MaxDoublings));
    }

    public void Count(string name, string remote)
    {
        if (_failures.Count >= MaxEntries)
            MakeRoom();
        _failures.AddOrUpdate(
            KeyOf(name, remote),
            _ => (1, clock.Now),
            (_, known) => (clock.Now - known.At > Remember ? 1 : known.Count + 1, clock.Now));
    }

    /// <summary>The name has proven itself from there.</summary>
    public void Forget(string name, string remote)
    {
        if (!_failures.IsEmpty)
            _failures.TryRemove(KeyOf(name, remote), out _);
    }

    /// <summary>The older half goes: whoever fills the table must not grow it, nor be forgotten by it at once.</summary>
    private void MakeRoom()
    {
        foreach (var (key, _) in _failures.OrderBy(pair => pair.Value.At).Take(MaxEntries / 2))
            _failures.TryRemove(key, out _);
    }

    private static (string Name, string Block) KeyOf(string name, string remote) =>
        ((name.Length > MaxName ? name[..MaxName] : name).ToLowerInvariant(), BlockOf(remote));

    /// <summary>The /24 of an IPv4 address, the /64 of an IPv6 address: what one subscriber of a network may have.</summary>
    private static string BlockOf(string remote)
    {
        if (!IPEndPoint.TryParse(remote, out var end))
            return remote;
        var address = end.Address.IsIPv4MappedToIPv6 ? end.Address.MapToIPv4() : end.Address;
        var kept = address.AddressFamily == AddressFamily.InterNetwork ? 3 : 8;
        return Convert.ToHexString(address.GetAddressBytes().AsSpan(0, kept));
    }
}
