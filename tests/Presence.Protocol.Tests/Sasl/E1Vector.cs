using System.Security.Cryptography;
using Presence.Model.Accounts;
using Presence.Protocol.Sasl;

namespace Presence.Protocol.Tests.Sasl;

/// <summary>The values of docs/protocol 2.15, exchange E1.</summary>
internal static class E1Vector
{
    public const string Auth = "SCRAM-SHA-256-PLUS,SCRAM-SHA-256,PLAIN,EXTERNAL,OAUTHBEARER";
    public const string OfferHash = "BFYGiM6BgmeOQU1FvgyW+5P+xxOxX5sgwyiecPIV99c=";
    public const string ClientNonce = "fyko+d2lbbFgONRv9qkxdawL";
    public const string ServerNonce = "3rfcNHYJY1ZVvWVs7j";
    public const string Password = "pencil";

    public const string ClientFirst = "p=tls-server-end-point,,n=alice,r=fyko+d2lbbFgONRv9qkxdawL";

    public const string ServerFirst =
        "r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=EBESExQVFhcYGRobHB0eHw==,i=10000,"
        + "h=BFYGiM6BgmeOQU1FvgyW+5P+xxOxX5sgwyiecPIV99c=,t=0304";

    public const string ClientFinal =
        "c=cD10bHMtc2VydmVyLWVuZC1wb2ludCwsaS+sJJprAD8elN1ZqKonkxr9wN1qhnwHrjzIzTKW5Xc=,"
        + "r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=DkilA1wy/BBFDHOaEDpJCLtJPT6dMoYw62RchzUKZRU=";

    public const string ServerFinal = "v=2viaXOhTnR9ifOweyB5jNf7hv599gW0fEmdX4wMuGrI=";

    public static readonly byte[] Salt = [.. Enumerable.Range(0x10, 16).Select(i => (byte)i)];

    public static readonly ScramVerifier Verifier = ScramVerifier.Derive(Password, Salt);

    public static readonly ChannelBinding Binding = new(
        ServerEndPointBinding.Type, SHA256.HashData("stand-in for the DER server certificate"u8));

    public static readonly SaslOffer Offer = SaslOffer.Of(
        Enum.GetValues<SaslMechanism>(), [ServerEndPointBinding.Type]);

    public static ScramServerExchange Server() => new(ServerSettings());

    public static ScramServerSettings ServerSettings(
        SaslMechanism mechanism = SaslMechanism.ScramSha256Plus, SaslOffer? offer = null) =>
        new(offer ?? Offer, mechanism)
        {
            Binding = Binding,
            TlsVersion = TlsVersion.Tls13,
            NonceSource = () => ServerNonce,
        };

    public static ScramClientExchange Client(
        SaslMechanism mechanism = SaslMechanism.ScramSha256Plus,
        SaslOffer? offer = null,
        string password = Password,
        ChannelBinding? binding = null,
        string? tlsVersion = TlsVersion.Tls13) =>
        new(new ScramClientSettings(offer ?? Offer, mechanism, "alice", password)
        {
            Binding = binding ?? Binding,
            TlsVersion = tlsVersion,
            NonceSource = () => ClientNonce,
        });
}
