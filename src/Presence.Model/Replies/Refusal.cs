namespace Presence.Model.Replies;

/// <summary>
/// An expected "no" as a value: the three-digit reply code and the reason word of docs/protocol/codes.md.
/// It travels from the rule that found it to the session that answers it; the connection lives on.
/// </summary>
/// <param name="Code">Reply code, 300–599.</param>
/// <param name="Reason">Reason word, lower case, at most 32 characters.</param>
/// <param name="Parameter">Name of the parameter at fault, told as <c>param=</c>; null if none.</param>
/// <param name="Version">Current version for 412 and 304, told as <c>ver=</c>; null if none, 0 for what does not exist.</param>
public sealed record Refusal(int Code, string Reason, string? Parameter = null, long? Version = null)
{
    public static readonly Refusal BadRequest = new(400, "bad-request");
    public static readonly Refusal AuthRequired = new(401, "auth-required");
    public static readonly Refusal Forbidden = new(403, "forbidden");
    public static readonly Refusal NotFound = new(404, "not-found");
    public static readonly Refusal NotAllowed = new(405, "not-allowed");
    public static readonly Refusal Conflict = new(409, "conflict");
    public static readonly Refusal BodyTooLarge = new(413, "body-too-large");
    public static readonly Refusal IntervalTooBrief = new(423, "interval-too-brief");
    public static readonly Refusal SlowDown = new(429, "slow-down");
    public static readonly Refusal TooMany = new(431, "too-many");
    public static readonly Refusal Unavailable = new(480, "unavailable");
    public static readonly Refusal NoSuchTransaction = new(481, "no-such-transaction");
    public static readonly Refusal Loop = new(482, "loop");
    public static readonly Refusal TooManyHops = new(483, "too-many-hops");
    public static readonly Refusal Busy = new(486, "busy");
    public static readonly Refusal BadAddress = new(484, "bad-address");
    public static readonly Refusal Error = new(500, "error");
    public static readonly Refusal Overloaded = new(503, "overloaded");

    /// <summary>400 that names the parameter at fault.</summary>
    public static Refusal BadParameter(string name) => new(400, "bad-request", name);

    /// <summary>412 with the version that the object has now.</summary>
    public static Refusal VersionMismatch(long current) => new(412, "version-mismatch", Version: current);

    /// <summary>304 with the version that the asker already has.</summary>
    public static Refusal NotModified(long current) => new(304, "not-modified", Version: current);
}
