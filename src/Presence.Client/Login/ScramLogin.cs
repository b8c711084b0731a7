using Presence.Client.Connections;
using Presence.Model.Accounts;
using Presence.Protocol.Framing;
using Presence.Protocol.Sasl;

namespace Presence.Client.Login;

/// <summary>
/// AUTH with SCRAM-SHA-256-PLUS if TLS can be bound to, else SCRAM-SHA-256 (docs/protocol, sections 2.5 and 8.1).
/// The server must prove in the end that it knows the account.
/// </summary>
internal sealed class ScramLogin(PipConnection connection, SaslOffer offer)
{
    public async Task<Frame> Run(string username, string password, CancellationToken cancellation)
    {
        var (mechanism, exchange) = Start(username, password);
        var answer = await Step(mechanism.WireName(), exchange.ClientFirst(), cancellation);
        if (answer.Code != 310)
            throw Refused(answer);

        if (exchange.ClientFinal(Data(answer)) is not SaslOutcome.Continue final)
        {
            await Abort(cancellation);
            throw Unproven("the server's challenge is not acceptable; somebody may sit between");
        }

        answer = await Step("*", final.Data, cancellation);
        if (answer.Code != 200)
            throw Refused(answer);

        return exchange.Verify(Data(answer)) is SaslOutcome.Success
            ? answer
            : throw Unproven("the server does not know the account's keys");
    }

    private (SaslMechanism Mechanism, ScramClientExchange Exchange) Start(string username, string password)
    {
        if (!PasswordPreparation.TryPrepare(password, out var prepared, out var why))
            throw new PipLoginException(0, "bad-password", $"Login failed: {why}.");

        var binding = Binding();
        SaslMechanism mechanism;
        if (binding is not null && offer.Lists(SaslMechanism.ScramSha256Plus) && offer.ListsBinding(binding.Type))
            mechanism = SaslMechanism.ScramSha256Plus;
        else if (offer.Lists(SaslMechanism.ScramSha256))
            mechanism = SaslMechanism.ScramSha256;
        else
            throw new PipLoginException(0, "no-mechanism", "Login failed: the server offers no SCRAM-SHA-256.");

        return (mechanism, new ScramClientExchange(new ScramClientSettings(offer, mechanism, username, prepared)
        {
            Binding = binding,
            TlsVersion = connection.Tls is { } tls ? TlsVersion.From(tls.Protocol) : null,
        }));
    }

    private ChannelBinding? Binding() =>
        connection.Tls is { } tls && ServerEndPointBinding.Compute(tls.ServerCertificate) is { } hash
            ? new ChannelBinding(ServerEndPointBinding.Type, hash)
            : null;

    private Task<Frame> Step(string target, ReadOnlyMemory<byte> data, CancellationToken cancellation) =>
        connection.Request((ref writer, tag) =>
        {
            writer.Request("AUTH", tag, target);
            writer.Param("data", Convert.ToBase64String(data.Span));
            writer.End();
        }, cancellation);

    private Task<Frame> Abort(CancellationToken cancellation) => connection.Request((ref writer, tag) =>
    {
        writer.Request("AUTH", tag, "*");
        writer.Param("abort", "yes");
        writer.End();
    }, cancellation);

    // What is no base64 becomes what no SCRAM message is, so the exchange refuses it.
    private static byte[] Data(Frame answer)
    {
        var text = answer.Parameters["data"] ?? "";
        var octets = new byte[text.Length];
        return Convert.TryFromBase64String(text, octets, out var length) ? octets[..length] : [];
    }

    private static PipLoginException Unproven(string why) => new(0, "server-unproven", $"Login failed: {why}.");

    private static PipLoginException Refused(Frame answer) => new(answer.Code, answer.Reason,
        $"Login failed: the server answered {answer.Code} {answer.Reason}.");
}
