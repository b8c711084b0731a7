using Microsoft.Extensions.DependencyInjection;
using Presence.Sessions.Transport;

namespace Presence.Conversations.Tests.Node;

/// <summary>
/// The node's sessions, with an ear for connections that end: a test that has cut some waits here until the node has noticed
/// and told its grains.
/// </summary>
internal sealed class CountedSessions(ISessionHost sessions) : ISessionHost
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Lock _lock = new();
    private int _open;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Puts itself before the sessions that are registered.</summary>
    public static void Before(IServiceCollection services)
    {
        var registered = services.Last(service => service.ServiceType == typeof(ISessionHost));
        services.Remove(registered);
        services.AddSingleton(provider => new CountedSessions(
            (ISessionHost)ActivatorUtilities.CreateInstance(provider, registered.ImplementationType!)));
        services.AddSingleton<ISessionHost>(provider => provider.GetRequiredService<CountedSessions>());
    }

    /// <summary>Connections that are served now.</summary>
    public int Open
    {
        get
        {
            lock (_lock)
                return _open;
        }
    }

    public async Task Serve(SessionTransport transport)
    {
        // A session of datagrams has no connection that could be cut.
        var counts = transport.Admission is null;
        if (counts)
            Count(1);
        try
        {
            await sessions.Serve(transport);
        }
        finally
        {
            if (counts)
                Count(-1);
        }
    }

    public Task Drain(CancellationToken deadline) => sessions.Drain(deadline);

    /// <summary>Complete when no more connections than these are served.</summary>
    /// <exception cref="TimeoutException">The node does not notice.</exception>
    public async Task AtMost(int connections, CancellationToken cancel)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_open <= connections)
                    return;
                changed = _changed.Task;
            }

            await changed.WaitAsync(Patience, cancel);
        }
    }

    private void Count(int change)
    {
        lock (_lock)
        {
            _open += change;
            _changed.SetResult();
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
