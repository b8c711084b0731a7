using System.Net.Security;
using Presence.Model.Addresses;

namespace Presence.Federation.Trust;

/// <summary>The certificates that this node shows when it connects to others.</summary>
public interface IOwnCertificates
{
    /// <summary>The certificate of a hosted domain as it is now, or null if there is none.</summary>
    SslStreamCertificateContext? Find(Domain domain);
}
