namespace Presence.Hosting.Options;

/// <summary>How strict a server is, in one word (docs/protocol/threats.md, "Security profiles").</summary>
public enum SecurityProfile
{
    /// <summary>Anybody in, for servers of strangers who want to meet.</summary>
    Open = 0,

    /// <summary>No password in the hands of a server that only claims to be this one.</summary>
    Standard = 1,

    /// <summary>TLS 1.3, logins that are bound to it, no datagrams.</summary>
    Strict = 2,
}
