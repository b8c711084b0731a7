namespace Presence.Conversations.Tests.Node;

/// <summary>Passes everything on and tells once when it is disposed.</summary>
internal sealed class CountedStream(Stream stream, Action onEnd) : PassingStream(stream)
{
    private Action? _onEnd = onEnd;

    public override async ValueTask DisposeAsync()
    {
        await Inner.DisposeAsync();
        Interlocked.Exchange(ref _onEnd, null)?.Invoke();
        await base.DisposeAsync();
    }
}
