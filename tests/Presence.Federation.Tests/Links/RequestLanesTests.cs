using System.Buffers;
using System.Text;
using Presence.Federation.Links;
using Presence.Protocol.Framing;

namespace Presence.Federation.Tests.Links;

/// <summary>Which requests of another domain wait for which.</summary>
public sealed class RequestLanesTests
{
    private const string Subscribe = "SUB 10 alice@a.example/status from=bob@b.example id=i1";
    private const string End = "UNSUB 11 i1 from=bob@b.example at=alice@a.example/status";
    private const string Sync = "SYNC 12 from=b.example type=text/pip-sync";

    private readonly RequestLanes _lanes = new();

    [Theory]
    [InlineData(Sync, End)]
    [InlineData(End, Sync)]
    [InlineData(Subscribe, End)]
    [InlineData(End, Subscribe)]
    public void What_brings_a_subscription_to_life_and_what_ends_it_keep_their_order(string first, string second)
    {
        var (one, two) = (Add(first), Add(second));

        Assert.True(one.MayBegin);
        Assert.False(two.MayBegin);
        one.Finish();
        Assert.True(two.MayBegin);
    }

    [Fact]
    public void A_list_waits_for_each_end_before_it()
    {
        var (one, two) = (Add(End), Add("UNSUB 13 i2 from=bob@b.example at=carol@a.example/status"));
        var list = Add(Sync);

        two.Finish();
        Assert.False(list.MayBegin);
        one.Finish();
        Assert.True(list.MayBegin);
    }

    [Theory]
    [InlineData("GET 14 alice@a.example/note from=bob@b.example", End)]
    [InlineData(End, "UNSUB 15 i2 from=bob@b.example at=carol@a.example/status")]
    [InlineData(Sync, Subscribe)]
    [InlineData(Subscribe, Sync)]
    public void One_that_is_slow_does_not_hold_up_what_is_about_something_else(string first, string second)
    {
        Add(first);

        Assert.True(Add(second).MayBegin);
    }

    private Execution Add(string line)
    {
        var octets = new ReadOnlySequence<byte>(Encoding.ASCII.GetBytes($"{line}\r\n"));
        var frame = new FrameReader(FrameLimits.Client).Read(ref octets).Frame;
        Assert.NotNull(frame);
        Execution? execution = null;
        _lanes.Add(frame, before => (execution = new Execution(before)).Done);
        return execution!;
    }

    private sealed class Execution(Task before)
    {
        private readonly TaskCompletionSource _done = new();

        public bool MayBegin => before.IsCompleted;

        public Task Done => _done.Task;

        public void Finish() => _done.SetResult();
    }
}
