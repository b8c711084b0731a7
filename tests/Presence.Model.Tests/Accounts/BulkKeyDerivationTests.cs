using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using Presence.Model.Accounts;
using Presence.Model.Tests.Properties;

namespace Presence.Model.Tests.Accounts;

/// <summary>Every width of lanes, whether this processor has it or the framework imitates it.</summary>
public sealed class BulkKeyDerivationTests
{
    private delegate byte[][] Derivation(ReadOnlySpan<SaltedPassword> passwords, int iterations);

    private static readonly Dictionary<string, Derivation> Widths = new(StringComparer.Ordinal)
    {
        ["as the processor can"] = BulkKeyDerivation.Derive,
        ["16 lanes"] = BulkKeyDerivation.DeriveInLanes<Lanes512>,
        ["8 lanes"] = BulkKeyDerivation.DeriveInLanes<Lanes256>,
        ["one by one"] = BulkKeyDerivation.DeriveOneByOne,
    };

    private static readonly Gen<byte[]> AnyOctets =
        from length in Gen.Frequency((4, Gen.Choose(0, 40)), (2, Gen.Choose(60, 70)), (1, Gen.Choose(71, 400)))
        from octets in Gen.Choose(0, 255).Select(octet => (byte)octet).ArrayOf(length)
        select octets;

    private static readonly Gen<SaltedPassword[]> AnyPasswords =
        (from password in AnyOctets from salt in AnyOctets select new SaltedPassword(password, salt))
        .ListOf().Resize(40).Select(passwords => passwords.ToArray());

    public static TheoryData<string> Names => [.. Widths.Keys];

    // Section 11 there, the first 32 octets of 64.
    [Theory]
    [MemberData(nameof(Names))]
    public void The_vector_of_rfc_7914_comes_out(string width)
    {
        var keys = Widths[width]([new("passwd"u8.ToArray(), "salt"u8.ToArray())], 1);
        Assert.Equal(
            "55AC046E56E3089FEC1691C22544B605F94185216DDE0465E68B9D57C20DACBC", Convert.ToHexString(keys.Single()));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Any_passwords_and_salts_give_the_keys_of_the_framework(string width) =>
        Prop.ForAll(AnyPasswords.ToArbitrary(), Gen.Choose(1, 4).ToArbitrary(), (passwords, iterations) => Assert.Equal(
            passwords.Select(one => Rfc2898DeriveBytes.Pbkdf2(
                one.Password, one.Salt, iterations, HashAlgorithmName.SHA256, SHA256.HashSizeInBytes)),
            Widths[width](passwords, iterations))).Check(Laws.Seeded.WithMaxTest(100));

    [Fact]
    public void A_wrong_key_is_found()
    {
        SaltedPassword[] passwords = [new([1], [2]), new([3], [4])];
        var keys = BulkKeyDerivation.DeriveOneByOne(passwords, 1);
        BulkKeyDerivation.CheckOne(passwords, 1, keys);

        foreach (var key in keys)
            key[31] ^= 1;

        Assert.Throws<CryptographicException>(() => BulkKeyDerivation.CheckOne(passwords, 1, keys));
    }
}
