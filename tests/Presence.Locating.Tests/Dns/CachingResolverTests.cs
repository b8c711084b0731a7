using Microsoft.Extensions.Time.Testing;
using Presence.Locating.Dns;
using Presence.Locating.Tests.Fakes;
using Presence.Model.Locating;

namespace Presence.Locating.Tests.Dns;

public sealed class CachingResolverTests
{
    private const string Name = "_pips-server._tcp.a.example";

    private static readonly SrvRecord Gateway = new(10, 0, 7751, "gw.a.example");

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly ZoneResolver _zone = new();
    private readonly CachingResolver _resolver;
    private double _share;

    public CachingResolverTests() => _resolver = new CachingResolver(_zone, _time, () => _share);

    [Theory]
    [Trait("Conformance", "LOC-10")]
    [InlineData(300, 300)]
    [InlineData(1, 30)]
    [InlineData(1_000_000, 86_400)]
    public async Task An_answer_is_kept_for_its_time_within_bounds(int seconds, int kept)
    {
        _zone.Services[Name] = ZoneResolver.Records(TimeSpan.FromSeconds(seconds), Gateway);
        await Find();

        _time.Advance(TimeSpan.FromSeconds(kept - 1));
        await Find();
        Assert.Equal(1, _zone.Asked);

        _time.Advance(TimeSpan.FromSeconds(1));
        await Find();
        Assert.Equal(2, _zone.Asked);
    }

    [Theory]
    [InlineData(300, 300)]
    [InlineData(1, 30)]
    [InlineData(1_000_000, 900)]
    public async Task That_there_is_none_is_kept_too(int seconds, int kept)
    {
        _zone.Services[Name] = DnsAnswer.Missing<SrvRecord>(TimeSpan.FromSeconds(seconds));
        await Find();

        _time.Advance(TimeSpan.FromSeconds(kept - 1));
        await Find();
        _time.Advance(TimeSpan.FromSeconds(1));
        await Find();

        Assert.Equal(2, _zone.Asked);
    }

    [Fact]
    [Trait("Conformance", "LOC-08")]
    public async Task That_there_is_no_service_is_kept_no_longer_than_that_there_is_no_record()
    {
        _zone.Services[Name] = ZoneResolver.Records(TimeSpan.FromDays(1), new SrvRecord(0, 0, 0, ""));
        await Find();

        _time.Advance(TimeSpan.FromMinutes(15));
        await Find();

        Assert.Equal(2, _zone.Asked);
    }

    [Fact]
    public async Task Nodes_do_not_all_ask_again_at_the_same_moment()
    {
        _share = 1;
        _zone.Services[Name] = ZoneResolver.Records(TimeSpan.FromSeconds(1000), Gateway);
        await Find();

        _time.Advance(TimeSpan.FromSeconds(900));
        await Find();

        Assert.Equal(2, _zone.Asked);
    }

    [Fact]
    [Trait("Conformance", "LOC-10")]
    public async Task One_question_about_a_name_is_in_flight()
    {
        _zone.Services[Name] = ZoneResolver.Records(TimeSpan.FromSeconds(300), Gateway);
        _zone.Gate = new TaskCompletionSource();

        var waiting = Enumerable.Range(0, 100).Select(_ => Find()).ToArray();
        _zone.Gate.SetResult();

        Assert.All(await Task.WhenAll(waiting), answer => Assert.Equal([Gateway], answer.Records));
        Assert.Equal(1, _zone.Asked);
    }

    [Fact]
    public async Task One_who_gives_up_does_not_take_the_answer_from_the_others()
    {
        _zone.Services[Name] = ZoneResolver.Records(TimeSpan.FromSeconds(300), Gateway);
        _zone.Gate = new TaskCompletionSource();
        using var patience = new CancellationTokenSource();

        var impatient = _resolver.FindServices(Name, patience.Token);
        var patient = Find();
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        _zone.Gate.SetResult();

        Assert.Equal([Gateway], (await patient).Records);
    }

    [Fact]
    [Trait("Conformance", "LOC-09")]
    public async Task While_nobody_answers_what_was_known_is_used_for_a_day()
    {
        _zone.Services[Name] = ZoneResolver.Records(TimeSpan.FromSeconds(60), Gateway);
        await Find();
        _zone.Services[Name] = DnsAnswer.Failed<SrvRecord>("server failure");

        _time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        Assert.Equal([Gateway], (await Find()).Records);

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(DnsOutcome.Failed, (await Find()).Outcome);
    }

    [Fact]
    public async Task A_failure_is_not_kept()
    {
        _zone.Services[Name] = DnsAnswer.Failed<SrvRecord>("server failure");
        await Find();
        _zone.Services[Name] = ZoneResolver.Records(TimeSpan.FromSeconds(60), Gateway);

        Assert.Equal(DnsOutcome.Found, (await Find()).Outcome);
    }

    [Fact]
    public async Task Strangers_cannot_fill_the_memory()
    {
        for (var i = 0; i <= AnswerCache<SrvRecord>.MaxNames; i++)
            await _resolver.FindServices($"{i}.example", Deadline.Token);

        var asked = _zone.Asked;
        await _resolver.FindServices($"{AnswerCache<SrvRecord>.MaxNames}.example", Deadline.Token);
        Assert.Equal(asked, _zone.Asked);
        await _resolver.FindServices("0.example", Deadline.Token);
        Assert.Equal(asked + 1, _zone.Asked);
    }

    private Task<DnsAnswer<SrvRecord>> Find() => _resolver.FindServices(Name, Deadline.Token);
}
