using Orleans.Streams;
using Presence.OrleansSemantics.Tests.Hosting;

namespace Presence.OrleansSemantics.Tests.Streams;

public sealed class StreamTests(SemanticsSilo silo)
{
    [Fact]
    public async Task Events_of_one_producer_keep_their_order_on_one_stream()
    {
        var key = SemanticsSilo.FreshKey();
        var stream = Stream("order", key);
        var journal = Journal.Of(key);
        var subscription = await stream.SubscribeAsync((item, _) =>
        {
            journal.Add(item);
            return Task.CompletedTask;
        });
        var sent = Enumerable.Range(0, 500).Select(i => $"{i}").ToList();

        foreach (var item in sent)
            await stream.OnNextAsync(item);

        await journal.Has(sent[^1]);
        await subscription.UnsubscribeAsync();
        Assert.Equal(sent, journal.Lines);
    }

    [Fact]
    public async Task A_client_that_subscribed_before_an_event_is_given_it_also_on_a_stream_nobody_used_before()
    {
        var key = SemanticsSilo.FreshKey();
        var stream = Stream("first", key);
        var subscription = await stream.SubscribeAsync((item, _) =>
        {
            Journal.Of(key).Add(item);
            return Task.CompletedTask;
        });

        await stream.OnNextAsync("the very first");

        await Journal.Of(key).Has("the very first");
        await subscription.UnsubscribeAsync();
    }

    [Fact]
    public async Task A_subscriber_that_resumes_when_it_is_activated_again_misses_nothing()
    {
        var (grain, stream) = await Listener(WhenActivated.Resume);

        await stream.OnNextAsync("two");
        await stream.OnNextAsync("three");

        await Journal.Of(grain).Has("three");
        Assert.Equal(["activated", "one", "activated", "two", "three"], Journal.Of(grain).Lines);
    }

    [Fact]
    public async Task A_subscriber_that_does_not_resume_loses_what_comes_before_it_does()
    {
        var (grain, stream) = await Listener(WhenActivated.DoNothing);

        await stream.OnNextAsync("two");

        // The event itself activates the grain, so it is behind us when the next call is answered.
        await Journal.Of(grain).Has("activated", times: 2);
        Assert.Equal(1, await grain.Handles());
        await grain.Resume();
        await stream.OnNextAsync("three");
        await Journal.Of(grain).Has("three");
        Assert.Equal(["activated", "one", "activated", "three"], Journal.Of(grain).Lines);
    }

    [Fact]
    public async Task A_subscriber_that_subscribes_anew_has_two_subscriptions()
    {
        var (grain, _) = await Listener(WhenActivated.SubscribeAnew);

        Assert.Equal(2, await grain.Handles());
    }

    [Fact]
    public async Task An_event_that_its_handler_throws_at_is_tried_again_then_reported_and_skipped()
    {
        var grain = silo.NewGrain<IListenerGrain>();
        await grain.Subscribe(WhenActivated.DoNothing);
        var stream = Stream("listener", grain.GetPrimaryKeyString());

        await stream.OnNextAsync("bad");
        await stream.OnNextAsync("good");

        await Journal.Of(grain).Has("good");
        var lines = Journal.Of(grain).Lines.Skip(1).ToList();
        Assert.True(lines.Count(line => line == "bad") > 1);
        Assert.Equal(["bad", "error", "good"], lines.Distinct());
        Assert.Equal("good", lines[^1]);
    }

    private IAsyncStream<string> Stream(string nameSpace, string key) =>
        silo.Client.GetStreamProvider(SemanticsSilo.Streams).GetStream<string>(StreamId.Create(nameSpace, key));

    /// <summary>A subscriber that was told of one event and then lost its activation.</summary>
    private async Task<(IListenerGrain Grain, IAsyncStream<string> Stream)> Listener(WhenActivated then)
    {
        var grain = silo.NewGrain<IListenerGrain>();
        await grain.Subscribe(then);
        var stream = Stream("listener", grain.GetPrimaryKeyString());
        await stream.OnNextAsync("one");
        await Journal.Of(grain).Has("one");
        await silo.Deactivate(grain);
        return (grain, stream);
    }
}
