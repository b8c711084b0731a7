namespace Presence.Client.Connections;

/// <summary>
/// The connection could not be made, or it ended: everything that waits on it fails with this.
/// </summary>
/// <param name="code">See <see cref="Code"/>.</param>
/// <param name="reason">See <see cref="Reason"/>.</param>
/// <param name="message">A sentence for people.</param>
/// <param name="inner">What the system said, if it did.</param>
public sealed class PipConnectionException(int code, string reason, string message, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>What the server said when it closed, such as 421 (docs/protocol, section 2.10); else 0.</summary>
    public int Code { get; } = code;

    /// <summary>
    /// The server's reason word, or one of ours when <see cref="Code"/> is 0: <c>cannot-connect</c>,
    /// <c>tls-failed</c>, <c>no-alpn</c>, <c>timeout</c>, <c>closed</c>, <c>torn</c> (closed within a frame),
    /// <c>lost</c>, <c>silent</c>, <c>protocol</c> (the server broke PIP/1.0), <c>flooded</c>, <c>stuck</c>,
    /// <c>disposed</c>.
    /// </summary>
    public string Reason { get; } = reason;

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

    internal static PipConnectionException Told(int code, string reason, string? text) =>
        new(code, reason, $"The server closed the connection: {code} {reason}{(text is null ? "" : $" ({text})")}.");
}
