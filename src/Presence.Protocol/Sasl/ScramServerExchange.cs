using System.Security.Cryptography;
using Presence.Model.Accounts;

namespace Presence.Protocol.Sasl;

/// <summary>
/// The server's side of one SCRAM-SHA-256(-PLUS) exchange (RFC 5802, RFC 7677; docs/protocol 2.5):
/// <see cref="Step1"/>, then <see cref="ServerFirst"/> once the verifier is at hand, then <see cref="Step2"/>.
/// Nothing a client sends throws; after a failure every further step fails too. Not for use by two threads at once.
/// </summary>
public sealed class ScramServerExchange
{
    private readonly ScramServerSettings _settings;

    private Phase _phase = Phase.ClientFirst;
    private ClientFirstMessage? _clientFirst;
    private ServerFirstMessage? _serverFirst;
    private ScramVerifier? _verifier;

    /// <summary>A mechanism other than the two SCRAM ones throws <see cref="ArgumentException"/>.</summary>
    public ScramServerExchange(ScramServerSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Mechanism is not (SaslMechanism.ScramSha256 or SaslMechanism.ScramSha256Plus))
            throw new ArgumentException("Not a SCRAM mechanism.", nameof(settings));
        _settings = settings;
    }

    private enum Phase
    {
        ClientFirst,
        Verifier,
        ClientFinal,
        Over,
    }

    /// <summary>
    /// Takes client-first, at most 4 096 octets. <see cref="SaslOutcome.VerifierWanted"/> or
    /// <see cref="SaslOutcome.Failure"/>.
    /// </summary>
    public SaslOutcome Step1(ReadOnlySpan<byte> clientFirst)
    {
        if (_phase != Phase.ClientFirst)
            return Fail(new(SaslFailure.OutOfOrder, "client-first came twice"));
        var failure = ScramText.Decode(clientFirst, out var text)
            ?? ClientFirstMessage.Read(text, out _clientFirst)
            ?? CheckBindingFlag(_clientFirst!.Header)
            ?? CheckAuthorizationIdentity(_clientFirst);
        if (failure is not null)
            return Fail(failure);
        _phase = Phase.Verifier;
        return new SaslOutcome.VerifierWanted(_clientFirst!.Username);
    }

    /// <summary>
    /// Makes server-first: <see cref="SaslOutcome.Continue"/>, or <see cref="SaslOutcome.Failure"/> if the exchange
    /// ended while the verifier was fetched. For an unknown account pass <see cref="UnknownAccountSalt.For"/>.
    /// </summary>
    public SaslOutcome ServerFirst(ScramVerifier verifier)
    {
        ArgumentNullException.ThrowIfNull(verifier);
        if (_phase != Phase.Verifier)
            return Fail(new(SaslFailure.OutOfOrder, "no verifier is awaited"));
        _verifier = verifier;
        _serverFirst = ServerFirstMessage.Write(
            _clientFirst!.Nonce + ScramNonce.Take(_settings.NonceSource),
            verifier.Salt,
            verifier.Iterations,
            _settings.SendsOfferHash ? _settings.Offer.Hash() : null,
            _settings.TlsVersion);
        _phase = Phase.ClientFinal;
        return new SaslOutcome.Continue(ScramText.Encode(_serverFirst.Text));
    }

    /// <summary>
    /// Takes client-final, at most 4 096 octets. <see cref="SaslOutcome.Success"/> with server-final or
    /// <see cref="SaslOutcome.Failure"/>.
    /// </summary>
    public SaslOutcome Step2(ReadOnlySpan<byte> clientFinal)
    {
        if (_phase != Phase.ClientFinal)
            return Fail(new(SaslFailure.OutOfOrder, "client-final is not awaited"));
        _phase = Phase.Over;
        ClientFinalMessage? message = null;
        var failure = ScramText.Decode(clientFinal, out var text)
            ?? ClientFinalMessage.Read(text, out message)
            ?? CheckFinal(message!);
        if (failure is not null)
            return failure;
        var signature = ScramProof.ServerSignature(_verifier!.ServerKey, AuthMessage(message!));
        return new SaslOutcome.Success(ScramText.Encode("v=" + Convert.ToBase64String(signature)));
    }

    private SaslOutcome.Failure? CheckBindingFlag(Gs2Header header)
    {
        if (!_settings.Offer.Lists(_settings.Mechanism))
            return new(SaslFailure.MechanismNotOffered, "the mechanism was not offered");
        if (_settings.Mechanism == SaslMechanism.ScramSha256Plus)
        {
            return header.Flag == 'p'
                && _settings.Offer.ListsBinding(header.BindingType!)
                && _settings.Binding?.Type == header.BindingType
                    ? null
                    : new(SaslFailure.ChannelBindingUnsupported, "-PLUS needs a channel binding that was offered");
        }

        return header.Flag switch
        {
            'p' => new(SaslFailure.ChannelBindingUnsupported, "only -PLUS takes a channel binding"),
            // The client believes that -PLUS was not offered: somebody cut the list (RFC 5802 section 6).
            'y' when _settings.Offer.Lists(SaslMechanism.ScramSha256Plus) =>
                new(SaslFailure.Downgraded, "the client did not see that -PLUS was offered"),
            _ => null,
        };
    }

    private SaslOutcome.Failure? CheckAuthorizationIdentity(ClientFirstMessage message) =>
        message.Header.AuthorizationIdentity is { } other && !_settings.IsSameUser(other, message.Username)
            ? new(SaslFailure.AuthorizationIdentity, "nobody may act as another user")
            : null;

    private SaslOutcome.Failure? CheckFinal(ClientFinalMessage message)
    {
        if (!SameText(message.Nonce, _serverFirst!.Nonce))
            return new(SaslFailure.NonceMismatch, "the nonce is not the one sent");
        if (!SameText(message.Binding, ClientFinalMessage.BindingValue(_clientFirst!.Header, _settings.Binding)))
            return new(SaslFailure.ChannelBindingMismatch, "the channel binding is not that of this connection");
        return ScramProof.Check(message.Proof, _verifier!, AuthMessage(message))
            ? null
            : new(SaslFailure.ProofMismatch, "wrong password or unknown account");
    }

    private byte[] AuthMessage(ClientFinalMessage message) =>
        ScramProof.AuthMessage(_clientFirst!.Bare, _serverFirst!.Text, message.WithoutProof);

    private SaslOutcome.Failure Fail(SaslOutcome.Failure failure)
    {
        _phase = Phase.Over;
        return failure;
    }

    private static bool SameText(string left, string right) =>
        CryptographicOperations.FixedTimeEquals(ScramText.Encode(left), ScramText.Encode(right));
}
