using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Presence.Contracts;
using Presence.Protocol.Sealing;
using Presence.Sessions.Connections;
using Presence.Sessions.Transport;
using Presence.Transports.Metrics;

namespace Presence.Transports.Udp;

/// <summary>All keys of this node. They live in memory only: after a restart clients mint new ones.</summary>
internal sealed partial class DatagramKeys : IDatagramKeys, IDisposable
{
    private const string Algorithm = "A256GCM";
    private const string NameLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const int NameLength = 8;

    private static readonly TimeSpan TickEvery = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<string, DatagramSession> _sessions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<DatagramSession, Task> _serving = new();
    private readonly IServiceProvider _services;
    private readonly IDatagramSender _sender;
    private readonly DatagramSettings _settings;
    private readonly TransportMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger<DatagramKeys> _logger;
    private readonly ITimer _tick;
    private readonly Lock _lock = new();
    private bool _isTicking;

    // The provider and not the sessions: their verbs need the keys, so they are asked for when the first key is minted.
    public DatagramKeys(
        IServiceProvider services, IDatagramSender sender, IOptions<DatagramSettings> settings, TransportMetrics metrics,
        PresenceClock clock, ILogger<DatagramKeys> logger)
    {
        _services = services;
        _sender = sender;
        _settings = settings.Value;
        _metrics = metrics;
        _time = clock.Time;
        _logger = logger;
        _tick = _time.CreateTimer(_ => Tick(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public async Task<(DatagramKey? Key, Reply? Refused)> Mint(DatagramGrant grant)
    {
        if (_sessions.Count >= _settings.MaxKeys)
            return (null, new Reply(503, "overloaded"));
        var wanted = grant.Life ?? DatagramGrant.DefaultLife;
        var life = wanted < _settings.MaxKeyLife ? wanted : _settings.MaxKeyLife;
        var master = RandomNumberGenerator.GetBytes(SealKey.MasterLength);
        var session = Open(grant, master, _time.GetUtcNow() + life);

        var admission = new Admission(
            grant.User, grant.Domain, grant.Endpoint, TakesOver: HasEndpoint(session), grant.WritesBelow,
            InnerFrames.MaxEvent);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _serving[session] = ended.Task;

        // Not awaited: it lives as long as the key, and Finished() awaits its end.
        _ = Serve(session, admission, ended);
        var bound = await admission.Bound;
        return bound.Code >= 300
            ? (null, bound)
            : (new DatagramKey(session.Name, master, Algorithm, _sender.Port, life), null);
    }

    /// <summary>Takes a datagram off the wire. Nothing that is not sealed by a known key is ever answered.</summary>
    public void Receive(ReadOnlySpan<byte> datagram, IPEndPoint from)
    {
        var isTaken = SealedDatagram.TryRead(datagram, out var taken)
            && _sessions.TryGetValue(taken.Name, out var session)
            && session.Receive(taken, datagram.Length, from);
        _metrics.Datagram(isTaken);
    }

    /// <summary>Waits until the last words of all sessions are on their way.</summary>
    public Task Finished() => Task.WhenAll(_serving.Values);

    public void Dispose() => _tick.Dispose();

    private DatagramSession Open(DatagramGrant grant, byte[] master, DateTimeOffset expires)
    {
        while (true)
        {
            var name = $"u{RandomNumberGenerator.GetString(NameLetters, NameLength)}";
            var session = new DatagramSession(new SealedChannel(name, master), _sender, _time, grant, expires);
            if (!_sessions.TryAdd(name, session))
            {
                session.Dispose();
                continue;
            }

            WindUp();
            return session;
        }
    }

    /// <summary>True if a key of the same user speaks for the endpoint: a client that lost its counter mints anew.</summary>
    private bool HasEndpoint(DatagramSession minted) => minted.Grant.Endpoint is { } endpoint && _sessions.Values.Any(
        other => other != minted && other.Grant.Endpoint == endpoint && other.Grant.User == minted.Grant.User);

    private async Task Serve(DatagramSession session, Admission admission, TaskCompletionSource ended)
    {
        using var open = _metrics.Opened("udp");
        try
        {
            await session.Serve(_services.GetRequiredService<ISessionHost>(), admission);
        }
        catch (Exception exception)
        {
            // The edge: a bug in one session must not reach the one that mints another, nor the socket.
            LogSessionFailed(session.Name, exception);
        }
        finally
        {
            _sessions.TryRemove(session.Name, out _);
            _serving.TryRemove(session, out _);
            session.Dispose();
            ended.SetResult();
        }
    }

    /// <summary>The clock ticks only while there are keys.</summary>
    private void WindUp()
    {
        lock (_lock)
        {
            if (_isTicking == !_sessions.IsEmpty)
                return;
            _isTicking = !_isTicking;
            var period = _isTicking ? TickEvery : Timeout.InfiniteTimeSpan;
            _tick.Change(period, period);
        }
    }

    private void Tick()
    {
        WindUp();
        var now = _time.GetUtcNow();
        foreach (var session in _sessions.Values)
            session.Tick(now);
    }
}
