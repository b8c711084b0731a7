namespace Presence.Model.Messages;

/// <summary>Bounds of an <see cref="Inbox"/>.</summary>
/// <param name="MaxWaiting">Unacknowledged messages, default 1 024; beyond it new ones are refused with 503.</param>
/// <param name="MaxRemembered">Keys of settled messages remembered against repeats, default 4 096.</param>
/// <param name="Remember">For how long a message is remembered against repeats, default 10 min.</param>
public sealed record InboxLimits(int MaxWaiting, int MaxRemembered, TimeSpan Remember)
{
    public static readonly InboxLimits Default = new(1024, 4096, TimeSpan.FromMinutes(10));
}
