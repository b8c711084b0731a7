using Presence.Model.Accounts;

namespace Presence.Grains.Accounts;

/// <summary>Stored form of an account. Property names are part of the store's format.</summary>
[GenerateSerializer, Alias("presence.s.account")]
internal sealed class AccountRecord
{
    [Id(0)] public byte[] Salt { get; set; } = [];

    [Id(1)] public int Iterations { get; set; }

    [Id(2)] public byte[] StoredKey { get; set; } = [];

    [Id(3)] public byte[] ServerKey { get; set; } = [];

    public static AccountRecord Of(ScramVerifier verifier) => new()
    {
        Salt = verifier.Salt.ToArray(),
        Iterations = verifier.Iterations,
        StoredKey = verifier.StoredKey.ToArray(),
        ServerKey = verifier.ServerKey.ToArray(),
    };

    public ScramVerifier ToVerifier() => new(Salt, Iterations, StoredKey, ServerKey);
}
