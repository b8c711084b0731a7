namespace Presence.Client.Login;

/// <summary>The server answered, but HELLO, AUTH or BIND did not succeed.</summary>
/// <param name="code">See <see cref="Code"/>.</param>
/// <param name="reason">See <see cref="Reason"/>.</param>
/// <param name="message">A sentence for people.</param>
public sealed class PipLoginException(int code, string reason, string message) : Exception(message)
{
    /// <summary>The server's code (docs/protocol, section 2.10); 0 if this client gave up by itself.</summary>
    public int Code { get; } = code;

    /// <summary>
    /// The server's reason word, or one of ours when <see cref="Code"/> is 0: <c>bad-hello</c>, <c>bad-password</c>,
    /// <c>no-mechanism</c>, <c>server-unproven</c> (the server or somebody between failed to prove itself).
    /// </summary>
    public string Reason { get; } = reason;
}
