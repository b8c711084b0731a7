namespace Presence.Protocol.Sasl;

/// <summary>Why an exchange failed. Never told to the other side in this detail.</summary>
public enum SaslFailure
{
    /// <summary>Not the grammar of RFC 5802 section 7 or RFC 4616.</summary>
    Malformed,

    /// <summary>A message beyond 4 096 octets.</summary>
    TooLong,

    /// <summary>A step came at the wrong time.</summary>
    OutOfOrder,

    /// <summary>The chosen mechanism does not stand in the offer.</summary>
    MechanismNotOffered,

    /// <summary>The other side uses a mandatory extension (<c>m=</c>).</summary>
    UnknownExtension,

    /// <summary>The client asks to act as somebody else.</summary>
    AuthorizationIdentity,

    /// <summary>The flag does not suit the mechanism, or the binding type is not on offer.</summary>
    ChannelBindingUnsupported,

    /// <summary>The two sides do not sit at the ends of the same TLS connection.</summary>
    ChannelBindingMismatch,

    /// <summary>The lists or the TLS version seen by the client are not those of the server.</summary>
    Downgraded,

    /// <summary>The nonce of the other side does not continue ours.</summary>
    NonceMismatch,

    /// <summary>Client only: the iteration count lies outside 4 096–1 000 000.</summary>
    IterationsOutOfRange,

    /// <summary>Wrong password or unknown account.</summary>
    ProofMismatch,

    /// <summary>Client only: the server told an error instead of its signature.</summary>
    ServerRefused,

    /// <summary>Client only: the server does not know the account's keys.</summary>
    ServerSignatureMismatch,
}
