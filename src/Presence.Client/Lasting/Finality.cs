using Presence.Client.Connections;
using Presence.Client.Login;

namespace Presence.Client.Lasting;

/// <summary>After which failures connecting again makes no sense (docs/protocol/codes.md).</summary>
internal static class Finality
{
    public static bool IsFinal(PresenceException failure) => failure switch
    {
        // Another program has taken the endpoint or the account is gone: coming back would be a fight, or in vain.
        PipConnectionException { Code: 421, Reason: "replaced" or "deactivated" } => true,
        PipConnectionException => false,

        // 409: the server may not have seen yet that this client's own connection is lost.
        PipLoginException { Code: 409 or 421 or 429 or 500 or 503 or 504 } => false,
        _ => true,
    };
}
