using System.Security.Cryptography;
using System.Text;
using Presence.Model.Accounts;

namespace Presence.Protocol.Sasl;

/// <summary>
/// The client's side of one SCRAM-SHA-256(-PLUS) exchange (RFC 5802, RFC 7677; docs/protocol 2.5 and 8.1, T4):
/// <see cref="ClientFirst"/>, <see cref="ClientFinal"/>, <see cref="Verify"/>. Only after Verify succeeded is the
/// server known to be the right one. Nothing a server sends throws. Not for use by two threads at once.
/// </summary>
public sealed class ScramClientExchange
{
    private readonly ScramClientSettings _settings;

    private ClientFirstMessage? _clientFirst;
    private byte[]? _serverSignature;
    private bool _isAnswered;

    /// <summary>
    /// Throws <see cref="ArgumentException"/> for a mechanism other than the two SCRAM ones, for -PLUS without a
    /// binding that the server offered, and for a user name that SCRAM cannot carry.
    /// </summary>
    public ScramClientExchange(ScramClientSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Mechanism is not (SaslMechanism.ScramSha256 or SaslMechanism.ScramSha256Plus))
            throw new ArgumentException("Not a SCRAM mechanism.", nameof(settings));
        if (settings.Mechanism == SaslMechanism.ScramSha256Plus
            && (settings.Binding is null || !settings.Offer.ListsBinding(settings.Binding.Type)))
            throw new ArgumentException("-PLUS needs a channel binding that the server offers.", nameof(settings));
        CheckName(settings.Username);
        if (settings.AuthorizationIdentity is { } authzid)
            CheckName(authzid);
        _settings = settings;
    }

    /// <summary>The octets of client-first; the same ones each time.</summary>
    public byte[] ClientFirst()
    {
        _clientFirst ??= ClientFirstMessage.Write(
            Gs2Header.Write(BindingFlag(), _settings.Binding?.Type, _settings.AuthorizationIdentity),
            _settings.Username,
            ScramNonce.Take(_settings.NonceSource));
        return ScramText.Encode(_clientFirst.Text);
    }

    /// <summary>
    /// Takes server-first, at most 4 096 octets, and runs PBKDF2. <see cref="SaslOutcome.Continue"/> with
    /// client-final, or <see cref="SaslOutcome.Failure"/>: then abort, above all if the reason is
    /// <see cref="SaslFailure.Downgraded"/>.
    /// </summary>
    public SaslOutcome ClientFinal(ReadOnlySpan<byte> serverFirst)
    {
        if (_clientFirst is null || _isAnswered)
            return new SaslOutcome.Failure(SaslFailure.OutOfOrder, "server-first is not awaited");
        _isAnswered = true;
        ServerFirstMessage? message = null;
        var failure = ScramText.Decode(serverFirst, out var text)
            ?? ServerFirstMessage.Read(text, out message)
            ?? CheckNonceAndCost(message!)
            ?? CheckDowngrade(message!);
        return failure is null ? Answer(message!) : failure;
    }

    /// <summary>
    /// Takes server-final, at most 4 096 octets. <see cref="SaslOutcome.Success"/> without octets if the server proved
    /// that it knows the account's keys, else <see cref="SaslOutcome.Failure"/>.
    /// </summary>
    public SaslOutcome Verify(ReadOnlySpan<byte> serverFinal)
    {
        if (_serverSignature is not { } expected)
            return new SaslOutcome.Failure(SaslFailure.OutOfOrder, "server-final is not awaited");
        _serverSignature = null;
        ScramAttribute[] attributes = [];
        var failure = ScramText.Decode(serverFinal, out var text) ?? ScramText.ReadAttributes(text, out attributes);
        if (failure is not null)
            return failure;
        return attributes[0] switch
        {
            ('e', var error) => new SaslOutcome.Failure(SaslFailure.ServerRefused, $"the server refused: {error}"),
            ('v', var v) when ScramText.TryDecodeBase64(v, out var signature)
                && CryptographicOperations.FixedTimeEquals(signature, expected) =>
                    new SaslOutcome.Success(ReadOnlyMemory<byte>.Empty),
            _ => new SaslOutcome.Failure(
                SaslFailure.ServerSignatureMismatch, "the server does not know the account's keys"),
        };
    }

    // y tells the server that this client saw no -PLUS: if the server did offer it, somebody cut the list.
    private char BindingFlag()
    {
        if (_settings.Mechanism == SaslMechanism.ScramSha256Plus)
            return 'p';
        return _settings.Binding is not null && !_settings.Offer.Lists(SaslMechanism.ScramSha256Plus) ? 'y' : 'n';
    }

    private SaslOutcome.Failure? CheckNonceAndCost(ServerFirstMessage message)
    {
        var own = _clientFirst!.Nonce;
        if (message.Nonce.Length <= own.Length || !message.Nonce.StartsWith(own, StringComparison.Ordinal))
            return new(SaslFailure.NonceMismatch, "the server's nonce does not continue the client's");
        return message.Iterations is >= ScramVerifier.MinIterations and <= ScramVerifier.MaxIterations
            ? null
            : new(SaslFailure.IterationsOutOfRange, $"{message.Iterations} iterations are out of range");
    }

    // An attacker who leaves h and t out gains nothing: the proof covers server-first as the server sent it.
    private SaslOutcome.Failure? CheckDowngrade(ServerFirstMessage message)
    {
        if (message.OfferHash is { } hash && hash != _settings.Offer.Hash())
            return new(SaslFailure.Downgraded, "the lists of mechanisms and bindings were changed on the way");
        if (message.TlsVersion is { } version && version != _settings.TlsVersion)
            return new(SaslFailure.Downgraded, "the server sees another TLS version than this client");
        return null;
    }

    private SaslOutcome.Continue Answer(ServerFirstMessage message)
    {
        var keys = ScramKeys.Derive(_settings.PreparedPassword, message.Salt, message.Iterations);
        var binding = ClientFinalMessage.BindingValue(_clientFirst!.Header, _settings.Binding);
        var withoutProof = ClientFinalMessage.WriteWithoutProof(binding, message.Nonce);
        var authMessage = ScramProof.AuthMessage(_clientFirst.Bare, message.Text, withoutProof);
        _serverSignature = ScramProof.ServerSignature(keys.ServerKey, authMessage);
        var final = new ClientFinalMessage(
            withoutProof, binding, message.Nonce, ScramProof.Make(keys, authMessage));
        return new SaslOutcome.Continue(ScramText.Encode(final.Text));
    }

    private static void CheckName(string name)
    {
        if (name.Length == 0 || Encoding.UTF8.GetByteCount(name) > SaslName.MaxOctets || name.Contains('\0'))
            throw new ArgumentException($"A name has 1 to {SaslName.MaxOctets} octets and no NUL.", nameof(name));
    }
}
