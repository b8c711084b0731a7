using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Streams;
using Presence.Contracts.Nearby;
using Presence.Contracts.Routes;
using Presence.Model.Addresses;
using Presence.Sessions.Delivery;

namespace Presence.Sessions.Gateways;

/// <summary>
/// Joins this gateway to the cluster: its inbox becomes an observer, its route is followed, by the stream and straight from the grains
/// of its own process. Starts after the silo or cluster client and before the first connection.
/// </summary>
internal sealed partial class RouteListener(
    Gateway gateway, IGrainFactory grains, IServiceProvider services, SiloContact contact, NearGateway near,
    ILogger<RouteListener> logger)
    : IHostedService, IAsyncBatchObserver<RouteBatch>, IDisposable
{
    private readonly GatewayInbox _inbox = new(gateway);
    private readonly PendingFlush _flush = new();
    private readonly HashSet<Address> _pending = [];
    private readonly SemaphoreSlim _delivering = new(1);
    private Task _reading = Task.CompletedTask;
    private StreamSubscriptionHandle<RouteBatch>? _subscription;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        gateway.Inbox = grains.CreateObjectReference<IGatewayInbox>(_inbox);
        _reading = _inbox.Batches.Read(Take);
        near.Join(gateway.Route, gateway.Inbox, _inbox);
        var stream = services.GetRequiredKeyedService<IStreamProvider>(RouteStreams.Provider)
            .GetStream<RouteBatch>(RouteStreams.Of(gateway.Route));
        _subscription = await Subscribe(stream, cancellationToken);
        contact.Seen();
    }

    /// <summary>Silos that have just come, or are going, may not answer at once: the gateway goes on asking.</summary>
    private async Task<StreamSubscriptionHandle<RouteBatch>> Subscribe(
        IAsyncStream<RouteBatch> stream, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await stream.SubscribeAsync(this);
            }
            catch (Exception exception) when (exception is TimeoutException or OrleansException)
            {
                LogNotSubscribed(logger, gateway.Route, exception.Message);
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, cancellationToken);
            }
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_subscription is { } subscription)
            await subscription.UnsubscribeAsync();

        // Left after the stream, so that nothing that goes there from now on overtakes what is read to the end here.
        near.Leave();
        _inbox.Batches.Close();

        // Whoever stops may have no time left: then what is in hand is left as it is, for nobody is connected any more.
        await _reading.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (gateway.Inbox is { } inbox)
            grains.DeleteObjectReference<IGatewayInbox>(inbox);
    }

    public void Dispose() => _delivering.Dispose();

    /// <summary>Orleans hands over what has come since the last time, and waits for the end of this.</summary>
    public Task OnNextAsync(IList<SequentialItem<RouteBatch>> items) => Take([.. items.Select(item => item.Item)]);

    public Task OnErrorAsync(Exception ex)
    {
        LogStreamFailed(logger, gateway.Route, ex);
        return Task.CompletedTask;
    }

    /// <summary>By one of the two ways at a time, of which the stream is the one for grains on other silos.</summary>
    private async Task Take(IReadOnlyList<RouteBatch> batches)
    {
        await _delivering.WaitAsync();
        try
        {
            foreach (var batch in batches)
            {
                // A second change of a node would take the place of its first, which nobody had been told of.
                if (!_pending.Add(batch.Node))
                {
                    Flush();
                    _pending.Add(batch.Node);
                }

                await Deliver(batch);
            }

            Flush();
        }
        finally
        {
            _delivering.Release();
        }
    }

    private void Flush()
    {
        _flush.Flush();
        _pending.Clear();
    }

    private async Task Deliver(RouteBatch batch)
    {
        try
        {
            await gateway.Deliver(batch, _flush);
        }
        catch (Exception exception)
        {
            // The edge: a batch that fails must not be delivered again and hold up the ones behind it.
            LogBatchFailed(logger, batch.Node.ToString(), exception);
        }
    }

    [LoggerMessage(1011, LogLevel.Error, "A batch of {Node} could not be delivered.")]
    private static partial void LogBatchFailed(ILogger logger, string node, Exception exception);

    [LoggerMessage(1017, LogLevel.Warning, "Route {Route} could not be followed and is tried again: {Why}")]
    private static partial void LogNotSubscribed(ILogger logger, string route, string why);

    [LoggerMessage(1012, LogLevel.Warning, "The stream of route {Route} reports an error.")]
    private static partial void LogStreamFailed(ILogger logger, string route, Exception exception);
}
