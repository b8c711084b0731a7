using Microsoft.Extensions.Options;

namespace Presence.Hosting.Options.Reload;

/// <summary>Options as the configuration says now, for those who ask for <see cref="IOptions{T}"/> and read its value when they need it.</summary>
internal sealed class LiveOptions<T> : IOptions<T>, IDisposable
    where T : class
{
    private readonly IDisposable? _following;
    private volatile T _now;

    public LiveOptions(IOptionsMonitor<T> monitor)
    {
        _now = monitor.CurrentValue;
        _following = monitor.OnChange(next => _now = next);
    }

    public T Value => _now;

    public void Dispose() => _following?.Dispose();
}
