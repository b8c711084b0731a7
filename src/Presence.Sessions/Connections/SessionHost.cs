using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Presence.Contracts;
using Presence.Sessions.Administration;
using Presence.Sessions.Gateways;
using Presence.Sessions.Transport;

namespace Presence.Sessions.Connections;

/// <summary>All connections of this gateway, and the one clock tick that watches over them.</summary>
internal sealed partial class SessionHost : ISessionHost, IDisposable
{
    /// <summary>For how long a gateway that stops waits for its sessions to be resumed elsewhere.</summary>
    private static readonly TimeSpan HandOverTime = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan TickEvery = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Connection, Task> _connections = new();
    private readonly IOptions<SessionOptions> _options;
    private readonly Gateway _gateway;
    private readonly Intake _intake;
    private readonly VerbTable _verbs;
    private readonly ILogger<Connection> _logger;
    private readonly ITimer _tick;

    public SessionHost(
        IOptions<SessionOptions> options, Gateway gateway, Intake intake, VerbTable verbs, PresenceClock clock,
        ILogger<Connection> logger)
    {
        _options = options;
        _gateway = gateway;
        _intake = intake;
        _verbs = verbs;
        _logger = logger;
        gateway.Metrics.Show("presence.sessions.connections", "{connection}", "Connections that are served, logged in or not.",
            () => _connections.Count);
        gateway.ShowCounts();
        _tick = clock.Time.CreateTimer(_ => Tick(), null, TickEvery, TickEvery);
    }

    public async Task Serve(SessionTransport transport)
    {
        var connection = new Connection(transport, _options.Value, _gateway, _verbs, _logger);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _connections[connection] = ended.Task;
        _gateway.Counters.Opened();
        if (_intake.IsClosed)
            connection.End("going-down");
        try
        {
            await connection.Run();
        }
        catch (Exception exception)
        {
            // The edge: a bug in one connection must not reach the transport's accept loop.
            LogConnectionFailed(_logger, transport.Id, exception);
        }
        finally
        {
            _connections.TryRemove(connection, out _);
            _gateway.Counters.Closed();
            ended.SetResult();
        }
    }

    public async Task Drain(CancellationToken deadline)
    {
        _intake.Close();
        var open = _connections.ToArray();
        foreach (var (connection, _) in open)
            connection.End("going-down");
        try
        {
            await Task.WhenAll(open.Select(pair => pair.Value)).WaitAsync(deadline);
            if (!string.IsNullOrEmpty(_options.Value.Alternative))
                await _gateway.ParkedLeave(HandOverTime).WaitAsync(deadline);
            await _gateway.EndParked().WaitAsync(deadline);
        }
        catch (OperationCanceledException)
        {
            LogDrainCut(_logger, _connections.Count);
        }
    }

    public void Dispose() => _tick.Dispose();

    private void Tick()
    {
        foreach (var connection in _connections.Keys)
            connection.Tick();
        _gateway.Tick();
    }

    [LoggerMessage(1004, LogLevel.Error, "Connection {Connection} failed.")]
    private static partial void LogConnectionFailed(ILogger logger, string connection, Exception exception);

    [LoggerMessage(1005, LogLevel.Warning, "{Count} connections did not end in time and are cut.")]
    private static partial void LogDrainCut(ILogger logger, int count);
}
