using Presence.Sessions.Administration;

namespace Presence.Gateway.Admin;

/// <summary>Answers that are not the one hoped for, as <c>application/problem+json</c> (RFC 9457).</summary>
internal static class Problems
{
    /// <param name="status">HTTP status.</param>
    /// <param name="detail">One sentence for people.</param>
    public static IResult Of(int status, string detail) => Results.Problem(detail, statusCode: status);

    public static IResult Of(AdminRefusal refusal) => Of(refusal.Code, refusal.Sentence);
}
