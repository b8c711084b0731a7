using System.Net;

namespace Presence.Cli.Admin;

/// <summary>The node's admin interface could not be asked, or said no.</summary>
internal sealed class AdminException(string message, int exitCode) : Exception(message)
{
    public int ExitCode { get; } = exitCode;

    /// <param name="status">The HTTP status.</param>
    /// <param name="detail">What the node told; null if the answer was no problem document.</param>
    /// <param name="from">The URI that was asked.</param>
    public static AdminException Refused(HttpStatusCode status, string? detail, Uri? from) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new(
            "The node does not accept this admin token; Presence__Data must name the data of the running node.",
            Cli.ExitCode.LoginFailed),
        HttpStatusCode.NotFound when detail is null => new(
            $"There is no admin interface at {from}; is it a presence node?", Cli.ExitCode.CannotConnect),
        HttpStatusCode.NotFound or HttpStatusCode.Conflict => new(
            detail ?? "The account exists already.", Cli.ExitCode.Conflict),
        _ => new($"The node refused: {(int)status} {detail ?? status.ToString()}", Cli.ExitCode.Refused),
    };
}
