using System.Collections.Concurrent;
using Presence.Model.Addresses;
using Presence.Protocol.Sasl;
using Presence.Sessions.Transport;

namespace Presence.Sessions.Authentication;

/// <summary>
/// What one connection may use to authenticate, and the exchange that goes on. Passwords are asked for in the open
/// (PLAIN) only under TLS, or where the operator allows it on loopback for trying out.
/// </summary>
public sealed class SaslDialogue
{
    /// <summary>One for each kind of connection, at most 32: each has a hash to be made.</summary>
    private static readonly ConcurrentDictionary<OfferKind, SaslOffer> Offers = new();

    private readonly TlsFacts? _tls;

    /// <param name="tls">What TLS has proven, or null on a clear-text connection.</param>
    /// <param name="allowsPlain">Whether passwords may be sent in the open here.</param>
    /// <param name="allowsBearer">Whether tokens may.</param>
    /// <param name="onlyBound">Whether over TLS a login must be bound to it, where that can be.</param>
    public SaslDialogue(TlsFacts? tls, bool allowsPlain, bool allowsBearer, bool onlyBound = false)
    {
        _tls = tls;
        Offer = Offers.GetOrAdd(
            new OfferKind(
                CanBind: tls?.EndPointBinding is not null, allowsPlain, allowsBearer, onlyBound,
                HasCertificate: tls is { ClientNames.Count: > 0 }),
            MakeOffer);
    }

    /// <summary>What HELLO announces.</summary>
    public SaslOffer Offer { get; }

    /// <summary>The SCRAM exchange that waits for its next step, or null.</summary>
    public ScramServerExchange? Exchange { get; set; }

    /// <summary>Whom the exchange is about; null for a name that is no address of this domain.</summary>
    public Address? Claimed { get; set; }

    /// <summary>The name that the client gave in its last attempt.</summary>
    public string Name { get; set; } = "";

    /// <summary>Failed attempts on this connection.</summary>
    public int Failures { get; set; }

    public ScramServerExchange Begin(SaslMechanism mechanism, Domain domain)
    {
        var binding = _tls?.EndPointBinding is { } data ? new ChannelBinding(ServerEndPointBinding.Type, data) : null;
        Exchange = new ScramServerExchange(new ScramServerSettings(Offer, mechanism)
        {
            Binding = binding,
            TlsVersion = _tls?.Version,
            IsSameUser = (one, other) => UserOf(one, domain) is { } user && user.Equals(UserOf(other, domain)),
        });
        return Exchange;
    }

    private static SaslOffer MakeOffer(OfferKind kind)
    {
        var mechanisms = new List<SaslMechanism>();
        if (kind.CanBind)
            mechanisms.Add(SaslMechanism.ScramSha256Plus);
        var takesOthers = !kind.OnlyBound || !kind.CanBind;
        if (takesOthers)
            mechanisms.Add(SaslMechanism.ScramSha256);
        if (kind.AllowsPlain && takesOthers)
            mechanisms.Add(SaslMechanism.Plain);
        if (kind.HasCertificate)
            mechanisms.Add(SaslMechanism.External);
        if (kind.AllowsBearer && takesOthers)
            mechanisms.Add(SaslMechanism.OAuthBearer);
        return SaslOffer.Of(mechanisms, kind.CanBind ? [ServerEndPointBinding.Type] : []);
    }

    /// <summary>A user name as a person gives it: the local part, or the whole address of this domain.</summary>
    public static Address? UserOf(string name, Domain domain)
    {
        if (name.Contains('@', StringComparison.Ordinal))
            return Address.TryParse(name, out var full, out _) && full.Domain.Equals(domain) ? full : null;
        return Address.TryCombine(name, domain, out var address, out _) ? address : null;
    }

    private readonly record struct OfferKind(
        bool CanBind, bool AllowsPlain, bool AllowsBearer, bool OnlyBound, bool HasCertificate);
}
