using System.Data.Common;
using System.Net.Sockets;
using Azure;
using StackExchange.Redis;

namespace Presence.Hosting.Clustering;

/// <summary>
/// What goes wrong between a silo and its store reaches the caller as one exception that every process knows: he may
/// try again. The exceptions of drivers would arrive as codec errors in a process that does not load them.
/// </summary>
internal sealed class StoreFaults : IIncomingGrainCallFilter
{
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        try
        {
            await context.Invoke();
        }
        catch (Exception cause) when (cause is DbException or RedisException or RedisTimeoutException
            or RequestFailedException or SocketException)
        {
            throw new OrleansException($"The store does not serve: {cause.Message}", cause);
        }
    }
}
