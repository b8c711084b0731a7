using System.Security.Cryptography;

namespace Presence.Model.Accounts;

/// <summary>
/// What a server keeps instead of a password: enough to check a SCRAM-SHA-256 proof and to prove itself, not enough to
/// log in elsewhere (RFC 5802 section 3; docs/protocol 8.1, T6). Equality compares the octets.
/// </summary>
public sealed record ScramVerifier
{
    /// <summary>Length of the salt of new accounts and the least allowed, in octets.</summary>
    public const int SaltLength = 16;

    /// <summary>Longest salt, in octets.</summary>
    public const int MaxSaltLength = 64;

    /// <summary>PBKDF2 iterations of new accounts unless configured otherwise.</summary>
    public const int DefaultIterations = 10_000;

    /// <summary>Fewest PBKDF2 iterations (RFC 7677 section 4).</summary>
    public const int MinIterations = 4_096;

    /// <summary>Most PBKDF2 iterations: beyond it a client would burn whole seconds for each login.</summary>
    public const int MaxIterations = 1_000_000;

    // A few turns of all lanes: enough that checking one key of each batch costs little.
    private const int TurnsOfBatch = 4;

    /// <summary>Takes stored values back. Values out of range throw <see cref="ArgumentException"/>.</summary>
    /// <param name="salt">16–64 octets.</param>
    /// <param name="iterations">4 096–1 000 000.</param>
    /// <param name="storedKey">32 octets.</param>
    /// <param name="serverKey">32 octets.</param>
    public ScramVerifier(byte[] salt, int iterations, byte[] storedKey, byte[] serverKey)
    {
        ArgumentNullException.ThrowIfNull(salt);
        ArgumentNullException.ThrowIfNull(storedKey);
        ArgumentNullException.ThrowIfNull(serverKey);
        CheckSalt(salt);
        CheckIterations(iterations);
        CheckKey(storedKey, nameof(storedKey));
        CheckKey(serverKey, nameof(serverKey));
        Salt = salt;
        Iterations = iterations;
        StoredKey = storedKey;
        ServerKey = serverKey;
    }

    /// <summary>
    /// How many passwords to hand to <see cref="DeriveMany"/> at a time, 4–64 by the lanes of this processor: some tens
    /// of milliseconds of one core at the default iterations.
    /// </summary>
    public static int BatchSize => BulkKeyDerivation.LaneCount * TurnsOfBatch;

    public byte[] Salt { get; }

    public int Iterations { get; }

    public byte[] StoredKey { get; }

    public byte[] ServerKey { get; }

    /// <summary>
    /// Makes the verifier of a password that passed <see cref="PasswordPreparation"/>. A salt outside 16–64 octets or
    /// iterations outside 4 096–1 000 000 throw <see cref="ArgumentException"/> before any work is done.
    /// </summary>
    public static ScramVerifier Derive(
        string preparedPassword, ReadOnlySpan<byte> salt, int iterations = DefaultIterations)
    {
        CheckSalt(salt);
        CheckIterations(iterations);
        var keys = ScramKeys.Derive(preparedPassword, salt, iterations);
        return new ScramVerifier(salt.ToArray(), iterations, keys.StoredKey, keys.ServerKey);
    }

    /// <summary>
    /// As <see cref="Derive"/> for each of many passwords, in their order and several times as fast: it uses the
    /// vectors of the processor, on one core. Nothing is derived if any value is out of range.
    /// </summary>
    /// <exception cref="CryptographicException">The processor computed a wrong key; none is to be kept.</exception>
    public static IReadOnlyList<ScramVerifier> DeriveMany(
        IReadOnlyList<(string PreparedPassword, byte[] Salt)> passwords, int iterations = DefaultIterations)
    {
        ArgumentNullException.ThrowIfNull(passwords);
        CheckIterations(iterations);
        foreach (var (preparedPassword, salt) in passwords)
        {
            ArgumentNullException.ThrowIfNull(preparedPassword, nameof(passwords));
            CheckSalt(salt);
        }

        var keys = ScramKeys.DeriveMany(passwords, iterations);
        return
        [
            .. passwords.Zip(keys, (password, key) =>
                new ScramVerifier([.. password.Salt], iterations, key.StoredKey, key.ServerKey)),
        ];
    }

    /// <summary>
    /// Whether the prepared password is the one behind this verifier, for PLAIN. Costs a whole PBKDF2 run whatever the
    /// answer; the comparison takes constant time.
    /// </summary>
    public bool Matches(string preparedPassword) =>
        CryptographicOperations.FixedTimeEquals(
            ScramKeys.Derive(preparedPassword, Salt, Iterations).StoredKey, StoredKey);

    public bool Equals(ScramVerifier? other) =>
        other is not null
        && Iterations == other.Iterations
        && Salt.AsSpan().SequenceEqual(other.Salt)
        && CryptographicOperations.FixedTimeEquals(StoredKey, other.StoredKey)
        && CryptographicOperations.FixedTimeEquals(ServerKey, other.ServerKey);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(Iterations);
        hash.AddBytes(Salt);
        return hash.ToHashCode();
    }

    /// <summary>Tells the cost only: keys must not reach a log by way of a formatted record.</summary>
    public override string ToString() => $"ScramVerifier(i={Iterations})";

    private static void CheckSalt(ReadOnlySpan<byte> salt)
    {
        if (salt.Length is < SaltLength or > MaxSaltLength)
            throw new ArgumentException($"A salt has {SaltLength} to {MaxSaltLength} octets.", nameof(salt));
    }

    private static void CheckIterations(int iterations)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(iterations, MinIterations);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(iterations, MaxIterations);
    }

    private static void CheckKey(byte[] key, string name)
    {
        if (key.Length != ScramKeys.KeyLength)
            throw new ArgumentException($"A key has {ScramKeys.KeyLength} octets.", name);
    }
}
