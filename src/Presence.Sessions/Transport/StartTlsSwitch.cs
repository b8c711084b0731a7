namespace Presence.Sessions.Transport;

/// <summary>
/// On a clear-text connection that may turn to TLS: the session agrees and ends, the transport looks afterwards and begins
/// anew. Nothing is handed over: what was learned in clear text is void (docs/protocol/sessions.md, "STARTTLS").
/// </summary>
public sealed class StartTlsSwitch
{
    /// <summary>True once <c>200 begin-tls</c> is on its way.</summary>
    public bool IsAgreed { get; private set; }

    public void Agree() => IsAgreed = true;
}
