using Presence.Model.Replies;

namespace Presence.Sessions.Administration;

/// <summary>Why administration does not do what it was asked to.</summary>
/// <param name="Code">
/// 400, 404, 409 or 503, which mean the same in PIP and in HTTP.
/// </param>
/// <param name="Reason">The word of PIP for it.</param>
/// <param name="Sentence">For people; never repeats a password.</param>
public sealed record AdminRefusal(int Code, string Reason, string Sentence)
{
    /// <summary>What was typed makes no sense.</summary>
    public static AdminRefusal Bad(string sentence) => new(400, "bad-request", sentence);

    public static AdminRefusal NotFound(string sentence) => new(404, "not-found", sentence);

    /// <summary>What a grain has refused for a user.</summary>
    public static AdminRefusal Of(Refusal refusal, string address) => refusal.Code switch
    {
        404 => NotFound($"There is no user {address}."),
        409 => new(409, "conflict", $"There is a user {address} already."),
        _ => new(503, "overloaded", $"The node answered {refusal.Code} {refusal.Reason}."),
    };
}
