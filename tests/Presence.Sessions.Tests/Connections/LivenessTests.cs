using Microsoft.Extensions.Time.Testing;
using Presence.Sessions.Connections;

namespace Presence.Sessions.Tests.Connections;

public sealed class LivenessTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly Liveness _liveness;

    public LivenessTests() => _liveness = new Liveness(new SessionOptions { Idle = TimeSpan.FromHours(1) }, _time);

    [Fact]
    [Trait("Conformance", "LIM-02")]
    public void A_frame_that_comes_octet_by_octet_ends_the_connection_after_20_seconds()
    {
        for (var second = 0; second <= 20; second++)
        {
            _liveness.FrameIsOpen(second + 1);
            Assert.Equal(LivenessVerdict.Alive, Verdict());
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(LivenessVerdict.Slow, Verdict());
    }

    [Fact]
    public void A_long_body_may_take_longer_while_a_kibibyte_comes_each_second()
    {
        for (var second = 1; second <= 60; second++)
        {
            _liveness.FrameIsOpen(second * 1100);
            Assert.Equal(LivenessVerdict.Alive, Verdict());
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        _time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(LivenessVerdict.Slow, Verdict());
    }

    [Fact]
    public void The_time_of_a_frame_ends_with_it()
    {
        _liveness.FrameIsOpen(1);
        _time.Advance(TimeSpan.FromSeconds(19));
        _liveness.FrameIsOpen(0);
        _liveness.FrameIsOpen(1);
        _time.Advance(TimeSpan.FromSeconds(19));
        Assert.Equal(LivenessVerdict.Alive, Verdict());
    }

    [Fact]
    public void Who_does_not_log_in_in_time_is_told_apart_from_who_is_silent()
    {
        _time.Advance(TimeSpan.FromSeconds(21));
        Assert.Equal(LivenessVerdict.Unknown, _liveness.Judge(Phase.Open));
        Assert.Equal(LivenessVerdict.Alive, Verdict());
        _time.Advance(TimeSpan.FromMinutes(91));
        Assert.Equal(LivenessVerdict.Silent, Verdict());
    }

    private LivenessVerdict Verdict() => _liveness.Judge(Phase.Bound);
}
