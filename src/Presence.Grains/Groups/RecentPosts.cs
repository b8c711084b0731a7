using Presence.Contracts.Users;

namespace Presence.Grains.Groups;

/// <summary>
/// What was accepted lately, so that a repeated SEND does no harm: at most 1 024 messages, each for 10 minutes.
/// </summary>
internal sealed class RecentPosts
{
    private const int Max = 1024;
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    private readonly HashSet<MessageKey> _known = [];
    private readonly Queue<(MessageKey Key, DateTimeOffset Until)> _byAge = new();

    public bool IsKnown(MessageKey key) => _known.Contains(key);

    public void Clear()
    {
        _known.Clear();
        _byAge.Clear();
    }

    public void Add(MessageKey key, DateTimeOffset now)
    {
        while (_byAge.TryPeek(out var oldest) && (oldest.Until <= now || _byAge.Count >= Max))
            _known.Remove(_byAge.Dequeue().Key);
        if (_known.Add(key))
            _byAge.Enqueue((key, now + Life));
    }
}
