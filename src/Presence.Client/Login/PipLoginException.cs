namespace Presence.Client.Login;

/// <summary>The server answered, but HELLO, AUTH or BIND did not succeed.</summary>
/// <remarks>
/// <c>Code</c> is the server's, 0 if this client gave up by itself. <c>Reason</c> is the server's word, or one of ours when
/// the code is 0: <c>bad-hello</c>, <c>bad-password</c>, <c>no-mechanism</c>, <c>server-unproven</c> (the server or somebody
/// between failed to prove itself).
/// </remarks>
public sealed class PipLoginException(int code, string reason, string message)
    : PresenceException(code, reason, message);
