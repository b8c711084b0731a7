using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Orleans.Streams;
using Presence.Contracts;
using Presence.Contracts.Nearby;
using Presence.Contracts.Peers;
using Presence.Contracts.Routes;
using Presence.Grains.Metrics;
using Presence.Model.Addresses;
using Presence.Model.Properties;

namespace Presence.Grains.Subscriptions;

/// <summary>
/// Puts one batch per route on that route's stream, or hands it to the gateway of that route if it is in this process. The route to
/// another domain is no stream but the grain of that domain, which knows the gateway that has the link.
/// </summary>
internal sealed partial class RoutePublisher(
    Address node, IGrainFactory grains, NearGateway near, GrainMetrics metrics, ILogger logger)
{
    private readonly Dictionary<string, IAsyncStream<RouteBatch>> _streams = new(StringComparer.Ordinal);
    private IStreamProvider? _provider;

    public void Open(IStreamProvider provider) => _provider = provider;

    public async Task Send(
        IReadOnlyList<string> routes,
        ImmutableArray<PropertyDelta> changes,
        ImmutableArray<SubscriptionNotice> notices,
        string? view = null)
    {
        if (routes.Count == 0)
            return;
        var batch = new RouteBatch(node, changes, notices, view);
        foreach (var route in routes)
        {
            Exception? failure = null;

            // The gateway delivers it in its own time: a turn of a grain neither fans out nor waits for sockets.
            var isTaken = near.On(route) is { } inbox ? inbox.Take(batch) : (failure = await Publish(route, batch)) is null;
            if (isTaken)
            {
                metrics.Sent();
                continue;
            }

            metrics.Lost();
            LogLostBatch(logger, route, failure);
        }
    }

    /// <summary>
    /// What went wrong, if anything. A full queue or a lost silo must not fail the change itself: watchers are repaired by version.
    /// </summary>
    private async Task<Exception?> Publish(string route, RouteBatch batch)
    {
        try
        {
            await (DomainPair.OfRoute(route) is { } pair
                ? grains.GetPeerDomain(pair).Tell(batch)
                : StreamOf(route).OnNextAsync(batch));
            return null;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return exception;
        }
    }

    private IAsyncStream<RouteBatch> StreamOf(string route)
    {
        if (!_streams.TryGetValue(route, out var stream))
            _streams[route] = stream = _provider!.GetStream<RouteBatch>(RouteStreams.Of(route));
        return stream;
    }

    [LoggerMessage(3001, LogLevel.Warning, "A batch for route {Route} was not taken.")]
    private static partial void LogLostBatch(ILogger logger, string route, Exception? exception);
}
