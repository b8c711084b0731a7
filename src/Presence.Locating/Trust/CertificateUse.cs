namespace Presence.Locating.Trust;

/// <summary>In which part a certificate was shown.</summary>
public enum CertificateUse
{
    /// <summary>By the server that was dialled.</summary>
    Server,

    /// <summary>By the server that dialled.</summary>
    Client,
}
