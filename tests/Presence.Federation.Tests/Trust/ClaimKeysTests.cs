using Microsoft.Extensions.Time.Testing;
using Presence.Federation.Tests.Fakes;
using Presence.Federation.Trust;
using Presence.Model.Addresses;

namespace Presence.Federation.Tests.Trust;

public sealed class ClaimKeysTests
{
    private const string Example = "BOcZ1KXheASUQKFknZrTQCaK.29922130";
    private const string Session = "s-44ce";

    private static readonly Domain Claimed = Domain.Parse("c.example");
    private static readonly byte[] Secret = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeSeconds(29_922_130 * 60));
    private readonly ClaimKeys _keys;

    public ClaimKeysTests() => _keys = new ClaimKeys(Secret, _time);

    [Fact]
    public void The_key_of_the_worked_example_comes_out() =>
        Assert.Equal(Example, _keys.Make(TwoDomains.B, Session, Claimed));

    [Fact]
    public void It_is_good_for_two_minutes()
    {
        Assert.True(Verify(Example));
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.True(Verify(Example));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.False(Verify(Example));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("BOcZ1KXheASUQKFknZrTQCaK")]
    [InlineData("BOcZ1KXheASUQKFknZrTQCaK.29922131")]
    [InlineData("BOcZ1KXheASUQKFknZrTQCaK.029922130")]
    [InlineData("AOcZ1KXheASUQKFknZrTQCaK.29922130")]
    [InlineData("BOcZ1KXheASUQKFknZrTQCaK.99999999999999999999")]
    public void Any_other_key_is_not(string key) => Assert.False(Verify(key));

    [Fact]
    public void It_is_for_one_server_one_session_and_one_domain()
    {
        Assert.False(_keys.Verify(Example, TwoDomains.A, Session, Claimed));
        Assert.False(_keys.Verify(Example, TwoDomains.B, "s-44cf", Claimed));
        Assert.False(_keys.Verify(Example, TwoDomains.B, Session, Domain.Parse("d.example")));
        Assert.False(new ClaimKeys(new byte[32], _time).Verify(Example, TwoDomains.B, Session, Claimed));
    }

    private bool Verify(string key) => _keys.Verify(key, TwoDomains.B, Session, Claimed);
}
