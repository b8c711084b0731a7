using Presence.Model.Messages;

namespace Presence.Grains.Users;

/// <summary>Messages that have failed and whose senders could not be told, since their silo or gateway does not answer now.</summary>
internal sealed class UntoldFailures
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly List<(InstantMessage Message, int Code, DateTimeOffset Until)> _all = [];

    /// <summary>When they are to be tried again; null without any.</summary>
    public DateTimeOffset? NextTry { get; private set; }

    public void Add(InstantMessage message, int code, DateTimeOffset now, DateTimeOffset? until = null)
    {
        _all.Add((message, code, until ?? now + Patience));
        NextTry ??= now + Pause;
    }

    /// <summary>Gives those that are due, and forgets them; whoever waited for two minutes has given up too.</summary>
    public IReadOnlyList<(InstantMessage Message, int Code, DateTimeOffset Until)> Take(DateTimeOffset now)
    {
        if (NextTry is null || NextTry > now)
            return [];
        List<(InstantMessage Message, int Code, DateTimeOffset Until)> due = [.. _all.Where(one => one.Until > now)];
        _all.Clear();
        NextTry = null;
        return due;
    }
}
