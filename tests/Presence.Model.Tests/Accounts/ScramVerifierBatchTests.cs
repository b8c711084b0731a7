using Presence.Model.Accounts;

namespace Presence.Model.Tests.Accounts;

public sealed class ScramVerifierBatchTests
{
    private static readonly string[] Passwords =
    [
        "pencil", "", "Пароль с пробелами", "密码🔑", "é", new string('x', 64), new string('y', 65), new string('ü', 1024),
    ];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(17)]
    [InlineData(33)]
    public void A_batch_gives_the_verifiers_of_each_password_in_order(int count)
    {
        var batch = Enumerable.Range(0, count).Select(at => (Passwords[at % Passwords.Length], SaltOf(at))).ToList();

        var verifiers = ScramVerifier.DeriveMany(batch, ScramVerifier.MinIterations);

        Assert.Equal(
            batch.Select(one => ScramVerifier.Derive(one.Item1, one.Item2, ScramVerifier.MinIterations)), verifiers);
    }

    [Theory]
    [InlineData(15, 10_000)]
    [InlineData(65, 10_000)]
    [InlineData(16, 4_095)]
    [InlineData(16, 1_000_001)]
    public void One_value_out_of_range_refuses_the_batch(int saltLength, int iterations) =>
        Assert.ThrowsAny<ArgumentException>(() => ScramVerifier.DeriveMany(
            [("pencil", SaltOf(1)), ("pencil", new byte[saltLength])], iterations));

    [Fact]
    public void A_missing_password_refuses_the_batch() =>
        Assert.Throws<ArgumentNullException>(() => ScramVerifier.DeriveMany([(null!, SaltOf(1))]));

    [Fact]
    public void The_batch_keeps_no_array_of_the_caller()
    {
        var salt = SaltOf(1);
        var verifier = ScramVerifier.DeriveMany([("pencil", salt)], ScramVerifier.MinIterations).Single();

        salt[0] ^= 1;

        Assert.True(verifier.Matches("pencil"));
    }

    /// <summary>16 to 64 octets.</summary>
    private static byte[] SaltOf(int at) =>
        [.. Enumerable.Range(at, ScramVerifier.SaltLength + (at % 49)).Select(octet => (byte)octet)];
}
