using Presence.Model.Replies;

namespace Presence.Gateway.Admin;

/// <summary>Answers that are not the one hoped for, as <c>application/problem+json</c> (RFC 9457).</summary>
internal static class Problems
{
    /// <param name="status">HTTP status.</param>
    /// <param name="detail">One sentence for people.</param>
    public static IResult Of(int status, string detail) => Results.Problem(detail, statusCode: status);

    /// <summary>The answer to a grain's refusal; codes of PIP and of HTTP mean the same where both have them.</summary>
    public static IResult Of(Refusal refusal, string address) => refusal.Code switch
    {
        StatusCodes.Status404NotFound => Of(refusal.Code, $"There is no user {address}."),
        StatusCodes.Status409Conflict => Of(refusal.Code, $"There is a user {address} already."),
        _ => Of(StatusCodes.Status503ServiceUnavailable, $"The node answered {refusal.Code} {refusal.Reason}."),
    };
}
