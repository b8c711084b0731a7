using Presence.Client.Lasting;
using Presence.Model.Addresses;

namespace Presence.Client.Tests.Lasting;

public sealed class EventHubTests
{
    private static readonly Address Bob = Address.Parse("bob@localhost");

    private readonly EventHub _hub = new();
    private readonly List<long> _done = [];

    [Fact]
    public async Task A_message_that_nobody_reads_waits_for_the_first_reader_and_is_not_confirmed()
    {
        Publish(MessageNumber(1));
        Assert.Empty(_done);

        await foreach (var happened in _hub.Open(_ => true).Read(CancellationToken.None))
        {
            Assert.Equal("m1", Assert.IsType<Message>(happened).Mid);
            break;
        }

        Assert.Equal([1], _done);
    }

    [Fact]
    public async Task What_a_reader_leaves_unread_goes_to_the_next_one()
    {
        var first = _hub.Open(_ => true);
        Publish(MessageNumber(1));
        Publish(MessageNumber(2));
        await foreach (var _ in first.Read(CancellationToken.None))
            break;

        Assert.Equal([1], _done);
        Assert.Equal("m2", ((Message)await First(_hub.Open(_ => true))).Mid);
    }

    [Fact]
    public async Task A_message_is_confirmed_when_the_last_of_its_readers_is_done_with_it()
    {
        var (fast, slow) = (_hub.Open(_ => true), _hub.Open(_ => true));
        Publish(MessageNumber(1));

        await First(fast);
        Assert.Empty(_done);
        await First(slow);
        Assert.Equal([1], _done);
    }

    [Fact]
    public async Task A_slow_reader_gets_the_newest_value_of_each_place()
    {
        var reader = _hub.Open(_ => true);
        foreach (var value in (string[])["away", "dnd", "online"])
            _hub.Publish(Value("bob", value));
        _hub.Publish(Value("carol", "away"));
        _hub.Complete(null);

        var read = new List<string?>();
        await foreach (var happened in reader.Read(CancellationToken.None))
            read.Add(((Notification)happened).Value);

        Assert.Equal(["online", "away"], read);
    }

    [Fact]
    public async Task At_the_end_readers_get_what_came_before_and_then_the_reason()
    {
        var reader = _hub.Open(_ => true);
        Publish(MessageNumber(1));
        _hub.Complete(new PresenceClosedException("replaced", "over"));
        await using var events = reader.Read(CancellationToken.None).GetAsyncEnumerator();

        Assert.True(await events.MoveNextAsync());
        await Assert.ThrowsAsync<PresenceClosedException>(async () => await events.MoveNextAsync());
    }

    [Fact]
    public async Task What_came_before_a_reader_is_cancelled_is_read_first()
    {
        using var cancelling = new CancellationTokenSource();
        await using var events = _hub.Open(_ => true).Read(cancelling.Token).GetAsyncEnumerator();
        var next = events.MoveNextAsync().AsTask();
        Publish(MessageNumber(1));
        await cancelling.CancelAsync();

        Assert.True(await next);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await events.MoveNextAsync());
    }

    private static async Task<PresenceEvent> First(EventStream stream)
    {
        await foreach (var happened in stream.Read(CancellationToken.None))
            return happened;

        throw new InvalidOperationException("The events have ended.");
    }

    private static Message MessageNumber(long number) =>
        new(number, null, Bob, Place.Own(), $"m{number}", "text/plain", [], default);

    private static Notification Value(string who, string value) => new(
        1, null, Place.Parse($"{who}@localhost/status"), who, null, 1, value, null);

    private void Publish(PresenceEvent happened) => _hub.Publish(happened, () => _done.Add(happened.Sequence));
}
