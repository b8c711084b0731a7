using Microsoft.Extensions.Options;

namespace Presence.Federation.Tests.Fakes;

/// <summary>A configuration that the test changes.</summary>
internal sealed class FixedOptions(FederationOptions now) : IOptionsMonitor<FederationOptions>
{
    private readonly List<Action<FederationOptions, string?>> _listeners = [];

    public FederationOptions CurrentValue { get; private set; } = now;

    public FederationOptions Get(string? name) => CurrentValue;

    public IDisposable? OnChange(Action<FederationOptions, string?> listener)
    {
        _listeners.Add(listener);
        return null;
    }

    public void Change(FederationOptions next)
    {
        CurrentValue = next;
        foreach (var listener in _listeners)
            listener(next, null);
    }
}
