using System.Security.Cryptography;
using System.Text;

namespace Presence.Model.Accounts;

/// <summary>
/// Makes up verifiers for names without an account, so that probing shows neither by message, by salt nor by work done
/// whether an account exists (docs/protocol 2.5 and 8.1, T7). The same secret and name always give the same verifier;
/// no password matches it.
/// </summary>
public sealed class UnknownAccountSalt
{
    /// <summary>Least length of the server's secret, in octets.</summary>
    public const int MinSecretLength = 32;

    private readonly byte[] _secret;
    private readonly int _iterations;

    // The same for all names: neither is ever sent, and every login pays for what is made up for it.
    private readonly byte[] _storedKey;
    private readonly byte[] _serverKey;

    /// <summary>A secret that is too short or iterations out of range throw <see cref="ArgumentException"/>.</summary>
    /// <param name="secret">
    /// At least 32 random octets, the same on all servers of the domain and for all time: a salt that changes while
    /// those of real accounts stay gives the account away.
    /// </param>
    /// <param name="iterations">As for new accounts, 4 096–1 000 000.</param>
    public UnknownAccountSalt(ReadOnlySpan<byte> secret, int iterations = ScramVerifier.DefaultIterations)
    {
        if (secret.Length < MinSecretLength)
            throw new ArgumentException($"The secret needs {MinSecretLength} octets or more.", nameof(secret));
        ArgumentOutOfRangeException.ThrowIfLessThan(iterations, ScramVerifier.MinIterations);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(iterations, ScramVerifier.MaxIterations);
        _secret = secret.ToArray();
        _iterations = iterations;
        _storedKey = Part("stored-key", "");
        _serverKey = Part("server-key", "");
    }

    /// <summary>
    /// The verifier for a name. Pass the canonical form of the name if it has one: spellings that lead to one account
    /// must lead to one made-up salt too.
    /// </summary>
    public ScramVerifier For(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return new ScramVerifier(
            Part("salt", name)[..ScramVerifier.SaltLength],
            _iterations,
            _storedKey,
            _serverKey);
    }

    // The zero octet keeps ("salt", "x") and ("sal", "tx") apart; no label contains one.
    private byte[] Part(string label, string name) =>
        HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes($"unknown-account {label}\0{name}"));
}
