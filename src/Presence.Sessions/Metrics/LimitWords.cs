namespace Presence.Sessions.Metrics;

/// <summary>Names of limits in <c>presence.sessions.refusals</c> (docs/protocol/limits.md).</summary>
internal static class LimitWords
{
    public const string Rate = "rate";
    public const string Line = "line";
    public const string Body = "body";
    public const string Parameters = "parameters";
    public const string LoginTime = "login-time";
    public const string FrameTime = "frame-time";
    public const string Idle = "idle";
    public const string SlowReader = "slow-reader";
    public const string UnreadAnswers = "unread-answers";
    public const string Queue = "queue";

    /// <summary>The limit of a bad frame; null if it broke another rule.</summary>
    public static string? OfFault(int code) => code switch
    {
        413 => Body,
        414 => Line,
        431 => Parameters,
        _ => null,
    };

    /// <summary>The limit behind the answer to a verb; null if it is no matter of limits.</summary>
    public static string? Of(string? verb, int code) => (verb, code) switch
    {
        (_, 429) => Rate,
        ("SUB" or "SYNC", 431) => "subscriptions",
        ("BIND", 431) => "endpoints",
        ("UDPKEY", 431 or 503) => "datagram-keys",
        ("SEND", 431) => "recipients",
        ("SEND" or "INVITE", 503) => "messages",
        ("CREATE", 431) => "created-nodes",
        ("JOIN" or "APPROVE", 431) => "members",
        ("SETACL" or "BLOCK" or "ALLOW" or "DENY", 431) => "access-lists",
        ("SET", 413) => "value",
        ("SET", 423) or ("SUB", 423) => "interval",
        ("SET", 431) => "properties",
        (_, 413) => Body,
        (_, 431) => "count",
        (_, 503) => "load",
        _ => null,
    };
}
