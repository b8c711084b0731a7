namespace Presence.Locating;

/// <summary>
/// Which servers have failed of late. One that has is tried after the others for 30 s, then twice as long each time up
/// to 5 min; one success clears it.
/// </summary>
public sealed class TargetHealth(TimeProvider time)
{
    private const int MaxServers = 10_000;

    private static readonly TimeSpan First = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Last = TimeSpan.FromMinutes(5);

    private readonly Dictionary<HostAndPort, (DateTimeOffset Until, TimeSpan Next)> _down = [];
    private readonly Lock _gate = new();

    /// <summary>The same servers, those that are well first, else in the given order.</summary>
    public IReadOnlyList<HostAndPort> InOrder(IReadOnlyList<HostAndPort> servers)
    {
        lock (_gate)
            return [.. servers.OrderBy(IsDown)];
    }

    public void Succeeded(HostAndPort server)
    {
        lock (_gate)
            _down.Remove(server);
    }

    /// <param name="server">The server.</param>
    /// <param name="wanted">What the server itself asks for; null: the time above.</param>
    public void Failed(HostAndPort server, TimeSpan? wanted = null)
    {
        lock (_gate)
        {
            var pause = wanted ?? (_down.TryGetValue(server, out var old) ? old.Next : First);
            if (_down.Count >= MaxServers)
                _down.Clear();
            _down[server] = (Now + pause, pause * 2 < Last ? pause * 2 : Last);
        }
    }

    private DateTimeOffset Now => time.GetUtcNow();

    private bool IsDown(HostAndPort server) => _down.TryGetValue(server, out var down) && Now < down.Until;
}
