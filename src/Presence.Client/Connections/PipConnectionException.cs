namespace Presence.Client.Connections;

/// <summary>
/// The connection could not be made, or it ended: everything that waits on it fails with this.
/// </summary>
/// <remarks>
/// <c>Code</c> is what the server said when it closed, such as 421, else 0. <c>Reason</c> is the server's word, or one of
/// ours when the code is 0: <c>cannot-connect</c>, <c>cannot-locate</c>, <c>tls-failed</c>, <c>no-alpn</c>, <c>timeout</c>,
/// <c>closed</c>, <c>torn</c> (closed within a frame), <c>lost</c>, <c>silent</c>, <c>protocol</c> (the server broke
/// PIP/1.0), <c>flooded</c>, <c>stuck</c>, <c>disposed</c>.
/// </remarks>
public sealed class PipConnectionException(int code, string reason, string message, Exception? inner = null)
    : PresenceException(code, reason, message, inner)
{
    /// <summary>How long the server asked to stay away (<c>retry=</c>); zero if it did not.</summary>
    public TimeSpan RetryAfter { get; private init; }

    /// <summary>Host and port where the server sends its clients (<c>alt=</c>); null if it did not.</summary>
    public string? Alternative { get; private init; }

    internal static PipConnectionException Closed() => new(0, "closed", "The server closed the connection.");

    internal static PipConnectionException Torn() =>
        new(0, "torn", "The server closed the connection in the middle of a frame.");

    internal static PipConnectionException Lost(Exception inner) =>
        new(0, "lost", $"The connection was lost: {inner.Message}", inner);

    internal static PipConnectionException Silent(TimeSpan silence) =>
        new(0, "silent", $"Nothing came from the server for {silence.TotalSeconds} s.");

    internal static PipConnectionException Disposed() => new(0, "disposed", "The connection was closed by this side.");

    internal static PipConnectionException Protocol(string what) =>
        new(0, "protocol", $"The server does not keep to PIP/1.0: {what}.");

    internal static PipConnectionException Told(int code, string reason, string? text, long? retry = null, string? alternative = null) =>
        new(code, reason, $"The server closed the connection: {code} {reason}{(text is null ? "" : $" ({text})")}.")
        {
            RetryAfter = TimeSpan.FromSeconds(retry ?? 0),
            Alternative = alternative,
        };
}
