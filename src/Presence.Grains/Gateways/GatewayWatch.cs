using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Presence.Contracts;
using Presence.Contracts.Routes;
using Presence.Model.Addresses;

namespace Presence.Grains.Gateways;

/// <summary>Which grains of this silo hold something of which gateway: one question per gateway and silo, not per session.</summary>
internal sealed partial class GatewayWatch(IGrainFactory grains, PresenceClock clock, ILogger<GatewayWatch> logger)
{
    private const int ToldAtOnce = 64;

    // Until its lease has run out each grain would find out by itself that it is dead, once a call.
    private static readonly TimeSpan MuteFor = TimeSpan.FromSeconds(9);

    private readonly ConcurrentDictionary<string, ConcurrentDictionary<GrainId, IGatewayBound>> _byRoute =
        new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _muteSince = new(StringComparer.Ordinal);

    /// <summary>The gateway of this route speaks. The grain is told when it is lost.</summary>
    public void Watch(string route, IGatewayBound grain)
    {
        _muteSince.TryRemove(route, out _);
        Add(route, grain);
    }

    /// <summary>It gave no answer in time: for a moment no grain of this silo waits for it.</summary>
    public void Mute(string route)
    {
        if (route.Length > 0)
            _muteSince[route] = clock.Now;
    }

    public bool IsMute(string route) => _muteSince.TryGetValue(route, out var since) && clock.Now - since < MuteFor;

    /// <summary>
    /// The grain goes. Gateways that it served are told to tell its next activation; when the whole silo stops they find out by
    /// themselves, and a silo that stops alone takes them with it.
    /// </summary>
    public async Task Leave(
        IGatewayBound grain, Address node, IReadOnlyCollection<string> routes, DeactivationReason reason)
    {
        foreach (var watched in _byRoute.Values)
            watched.TryRemove(grain.GetGrainId(), out _);
        if (reason.ReasonCode is DeactivationReasonCode.ShuttingDown)
            return;
        foreach (var route in routes)
            await Repair(route, node);
    }

    /// <summary>The gateway is to assert anew what it has of this node, once it renews its lease.</summary>
    public async Task Repair(string route, Address node)
    {
        if (route.Length == 0)
            return;
        try
        {
            await grains.GetGateway(route).Repair(node);
        }
        catch (Exception exception) when (exception is TimeoutException or OrleansException)
        {
            LogRepairLost(logger, node, route, exception);
        }
    }

    /// <summary>Asks for each gateway whether it lives, and tells the grains of those that do not.</summary>
    public async Task Sweep()
    {
        foreach (var (route, watchers) in _byRoute)
        {
            try
            {
                var lease = grains.GetGateway(route);
                if (await lease.IsAlive())
                {
                    await Hear(route, lease);
                    continue;
                }
            }
            catch (Exception exception) when (exception is TimeoutException or OrleansException)
            {
                // Its keeper went with a silo; the next one is asked at the next sweep.
                LogNotAsked(logger, route, exception.Message);
                continue;
            }

            _byRoute.TryRemove(route, out _);
            _muteSince.TryRemove(route, out _);
            if (!watchers.IsEmpty)
                LogGatewayLost(logger, route, watchers.Count);
            await Parallel.ForEachAsync(
                watchers.Values, new ParallelOptions { MaxDegreeOfParallelism = ToldAtOnce },
                async (grain, _) => await Tell(grain, route));
        }
    }

    /// <summary>A gateway that has renewed its lease since it gave no answer was slow and is not dead.</summary>
    private async Task Hear(string route, IGatewayGrain lease)
    {
        if (_muteSince.TryGetValue(route, out var since) && await lease.Silence() < clock.Now - since)
            _muteSince.TryRemove(KeyValuePair.Create(route, since));
    }

    private async Task Tell(IGatewayBound grain, string route)
    {
        try
        {
            await grain.GatewayLost(route);
        }
        catch (Exception exception) when (exception is TimeoutException or OrleansException)
        {
            // It is asked for again with the next sweep.
            LogNotTold(logger, grain.GetGrainId(), route, exception.Message);
            Add(route, grain);
        }
    }

    private void Add(string route, IGatewayBound grain)
    {
        if (route.Length > 0)
            _byRoute.GetOrAdd(route, _ => new())[grain.GetGrainId()] = grain;
    }

    [LoggerMessage(3020, LogLevel.Warning, "Gateway {Route} is lost; {Count} grains are told.")]
    private static partial void LogGatewayLost(ILogger logger, string route, int count);

    [LoggerMessage(3023, LogLevel.Warning, "Grain {Grain} could not be told that gateway {Route} is lost, and is told again: {Why}")]
    private static partial void LogNotTold(ILogger logger, GrainId grain, string route, string why);

    [LoggerMessage(3021, LogLevel.Information, "The lease of gateway {Route} could not be asked for: {Why}")]
    private static partial void LogNotAsked(ILogger logger, string route, string why);

    [LoggerMessage(3022, LogLevel.Warning, "Gateway {Route} could not be told that {Node} has lost its memory.")]
    private static partial void LogRepairLost(ILogger logger, Address node, string route, Exception exception);
}
