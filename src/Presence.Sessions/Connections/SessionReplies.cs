using Presence.Model.Replies;

namespace Presence.Sessions.Connections;

internal static class SessionReplies
{
    /// <summary>The session is unknown, over, or somebody else's: one answer for all of it.</summary>
    public static readonly Refusal Gone = new(410, "session-gone");
}
