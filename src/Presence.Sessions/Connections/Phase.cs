namespace Presence.Sessions.Connections;

/// <summary>How far a connection has come (docs/protocol/sessions.md). Each phase allows what the ones before allow.</summary>
public enum Phase
{
    /// <summary>The greeting is sent; HELLO must come.</summary>
    Greeted = 0,

    /// <summary>Domain and version are agreed; AUTH must come.</summary>
    Open = 1,

    /// <summary>The user is known.</summary>
    Authenticated = 2,

    /// <summary>An endpoint is bound; events flow.</summary>
    Bound = 3,
}
