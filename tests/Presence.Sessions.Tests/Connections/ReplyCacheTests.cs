using Microsoft.Extensions.Time.Testing;
using Presence.Sessions.Connections;

namespace Presence.Sessions.Tests.Connections;

public sealed class ReplyCacheTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly ReplyCache _cache;

    public ReplyCacheTests() => _cache = new ReplyCache(_time);

    [Fact]
    [Trait("Conformance", "RES-01")]
    public void A_tag_that_was_answered_is_answered_again()
    {
        Assert.Equal(TagVerdict.Execute, _cache.Judge(7, out _));
        _cache.Keep(7, new Reply(202, "accepted"));
        Assert.Equal(TagVerdict.Repeat, _cache.Judge(7, out var known));
        Assert.Equal(202, known!.Code);
    }

    [Fact]
    [Trait("Conformance", "RES-02")]
    public void A_tag_that_lies_1024_or_more_below_the_highest_is_stale()
    {
        _cache.Judge(2000, out _);
        Assert.Equal(TagVerdict.Execute, _cache.Judge(2000 - ReplyCache.Window + 1, out _));
        Assert.Equal(TagVerdict.Stale, _cache.Judge(2000 - ReplyCache.Window, out _));
    }

    [Fact]
    public void Only_so_many_replies_are_kept_and_large_ones_are_not()
    {
        for (var tag = 1; tag <= ReplyCache.Window + 1; tag++)
        {
            _cache.Judge(tag, out _);
            _cache.Keep(tag, new Reply(200, "ok"));
        }

        Assert.NotEqual(TagVerdict.Repeat, _cache.Judge(1, out _));
        _cache.Keep(5000, Reply.Ok.WithBody("text/plain", new byte[5000]));
        Assert.NotEqual(TagVerdict.Repeat, _cache.Judge(5000, out _));
    }

    [Fact]
    public void Replies_are_let_go_after_five_minutes()
    {
        _cache.Judge(7, out _);
        _cache.Keep(7, new Reply(200, "ok"));
        _time.Advance(ReplyCache.Age);
        _cache.Trim();
        Assert.Equal(TagVerdict.Repeat, _cache.Judge(7, out _));
        _time.Advance(TimeSpan.FromSeconds(1));
        _cache.Trim();
        Assert.Equal(TagVerdict.Execute, _cache.Judge(7, out _));
        Assert.Equal(8, _cache.Next);
    }
}
