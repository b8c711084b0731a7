namespace Presence.Client;

/// <summary>A request has no answer.</summary>
/// <param name="reason">
/// <c>timeout</c>: none within <see cref="PresenceClientOptions.RequestTimeout"/>. <c>session-lost</c>: the session ended with
/// the request under way, and repeating it could do it twice. <c>too-many</c>: it was not taken, since too many wait already.
/// </param>
/// <param name="mayHaveHappened">See <see cref="MayHaveHappened"/>.</param>
/// <param name="message">A sentence for people.</param>
public sealed class PresenceUnansweredException(string reason, bool mayHaveHappened, string message)
    : PresenceException(0, reason, message)
{
    /// <summary>False if the request never left this process, so that it is safe to ask again.</summary>
    public bool MayHaveHappened { get; } = mayHaveHappened;
}
