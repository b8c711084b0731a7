using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Presence.Contracts;
using Presence.Sessions.Authentication;

namespace Presence.Sessions.Tests.Authentication;

public sealed class FailedLoginsTests
{
    private const string Here = "192.0.2.7:4000";

    private readonly FakeTimeProvider _time = new();
    private readonly FailedLogins _failed;

    public FailedLoginsTests() =>
        _failed = new FailedLogins(new PresenceClock(_time), Options.Create(new SessionOptions()));

    [Fact]
    public void Three_failures_are_free_and_each_further_one_doubles_the_wait()
    {
        int[] waits = [.. Enumerable.Range(0, 10).Select(_ => Fail("alice", Here))];
        Assert.Equal([0, 0, 1, 2, 4, 8, 16, 16, 16, 16], waits);
    }

    [Fact]
    public void Names_and_address_blocks_are_counted_apart()
    {
        for (var i = 0; i < 5; i++)
            _failed.Count("Alice", Here);
        Assert.Equal(4, Wait("alice", "192.0.2.200:1"));
        Assert.Equal(0, Wait("alice", "192.0.3.7:4000"));
        Assert.Equal(0, Wait("bob", Here));
    }

    [Fact]
    public void Success_and_a_quarter_of_an_hour_make_up_for_failures()
    {
        for (var i = 0; i < 5; i++)
            _failed.Count("alice", Here);
        _failed.Forget("alice", Here);
        Assert.Equal(0, Wait("alice", Here));
        for (var i = 0; i < 5; i++)
            _failed.Count("alice", Here);
        _time.Advance(TimeSpan.FromMinutes(16));
        Assert.Equal(0, Wait("alice", Here));
    }

    private int Fail(string name, string remote)
    {
        _failed.Count(name, remote);
        return Wait(name, remote);
    }

    private int Wait(string name, string remote) => (int)_failed.WaitOf(name, remote).TotalSeconds;
}
