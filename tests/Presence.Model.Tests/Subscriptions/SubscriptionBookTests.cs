using Presence.Model.Addresses;
using Presence.Model.Subscriptions;
using Presence.Model.Tests.Properties;

namespace Presence.Model.Tests.Subscriptions;

public sealed class SubscriptionBookTests
{
    private static readonly DateTimeOffset Now = Node.Noon;

    [Fact]
    public void A_subscription_is_found_by_watcher_and_id()
    {
        var book = Book(Asked("alice", "1"), Asked("bob", "1"), Asked("alice", "2"));
        Assert.Equal(Asked("alice", "1"), book.Find(Who("alice"), "1"));
        Assert.Equal(["1", "2"], book.Of(Who("alice")).Select(s => s.Id));
        Assert.Equal(3, book.All.Count());
        Assert.Null(book.Find(Who("carol"), "1"));
        Assert.Null(book.Find(Who("alice"), "3"));
        Assert.Empty(book.Of(Who("carol")));
    }

    [Fact]
    [Trait("Conformance", "SUB-04")]
    public void A_repeated_request_refreshes_and_keeps_the_start()
    {
        var (book, entry) = Book(Asked("alice", "1")).Put(
            Asked("alice", "1") with { Since = Now.AddMinutes(30), Expires = Now.AddHours(2) });
        Assert.Equal(Asked("alice", "1") with { Expires = Now.AddHours(2) }, entry);
        Assert.Equal(entry, Assert.Single(book.All));
    }

    [Fact]
    public void Several_requests_are_one_after_the_other()
    {
        var (book, put) = Book(Asked("alice", "1")).PutAll(
            [Asked("alice", "1"), Asked("bob", "1"), Asked("bob", "1") with { Expires = Now.AddHours(2) }]);

        Assert.Equal([true, false, true], put.Select(one => one.Before is not null));
        Assert.Equal(put[1].Entry, put[2].Before);
        Assert.Equal(put[2].Entry, Assert.Single(book.Of(Who("bob"))));
        Assert.Equal(2, book.All.Count());
    }

    [Theory]
    [InlineData(SubscriptionState.Pending, SubscriptionState.Active)]
    [InlineData(SubscriptionState.Active, SubscriptionState.Pending)]
    public void A_refresh_takes_the_decision_of_now(SubscriptionState before, SubscriptionState now)
    {
        var (_, entry) = Book(In(before)).Put(In(now));
        Assert.Equal(now, entry.State);
        Assert.Equal(now, entry.SeenAs);
    }

    [Fact]
    public void A_change_moves_the_subscription_named_and_gives_it_as_it_was()
    {
        var book = Book(Asked("alice", "1"), Asked("alice", "2"), Asked("bob", "1"));
        var (after, before) = book.Apply(Who("alice"), "2", SubscriptionChange.Activate);
        Assert.Equal(Asked("alice", "2"), before);
        Assert.Equal(3, after.All.Count());
        Assert.Equal(SubscriptionState.Active, after.Find(Who("alice"), "2")?.State);
        Assert.Equal(SubscriptionState.Pending, after.Find(Who("alice"), "1")?.State);
        Assert.Equal(SubscriptionState.Pending, after.Find(Who("bob"), "1")?.State);
    }

    [Fact]
    public void A_change_of_a_watcher_whom_nobody_knows_changes_nothing()
    {
        var (after, before) = SubscriptionBook.Empty.Apply(Who("alice"), "1", SubscriptionChange.Silence);
        Assert.Null(before);
        Assert.Empty(after.All);
        Assert.Empty(after.ByWatcher);
    }

    [Fact]
    public void A_rejected_subscription_is_gone()
    {
        var (after, before) = Book(Asked("alice", "1")).Apply(Who("alice"), "1", SubscriptionChange.Reject);
        Assert.NotNull(before);
        Assert.Empty(after.All);
    }

    [Fact]
    public void Requests_that_give_up_are_kept_apart_until_they_are_made_again()
    {
        var book = Book(Asked("alice", "1"), Asked("bob", "1") with { State = SubscriptionState.Active });
        book = book.Retire([.. book.All]);
        Assert.Empty(book.All);
        Assert.Equal(SubscriptionState.Waiting, Assert.Single(book.GaveUp).State);
        Assert.Equal(Who("alice"), book.GaveUp[0].Watcher);
        Assert.Null(book.Find(Who("alice"), "1"));

        Assert.Equal(book.GaveUp, SubscriptionBook.Of([.. book.All, .. book.GaveUp]).GaveUp);
        Assert.Empty(book.Put(Asked("alice", "9")).Book.GaveUp);
    }

    [Fact]
    public void Only_the_latest_hundred_that_gave_up_are_kept()
    {
        var book = SubscriptionBook.Empty;
        for (var i = 0; i < 130; i++)
            book = book.Put(Asked($"u{i}", "1")).Book.Retire([Asked($"u{i}", "1")]);
        Assert.Equal(100, book.GaveUp.Length);
        Assert.Equal(Who("u129"), book.GaveUp[^1].Watcher);
    }

    [Fact]
    [Trait("Conformance", "SUB-06")]
    public void What_ran_out_ends_once_and_the_rest_stays()
    {
        var book = Book(
            Asked("alice", "1") with { Expires = Now.AddSeconds(60) },
            Asked("alice", "2") with { Expires = Now.AddSeconds(61) },
            Asked("bob", "1") with { Expires = Now.AddSeconds(60), State = SubscriptionState.Blocked });
        Assert.Equal(Now.AddSeconds(60), book.NextExpiry);
        Assert.Empty(book.Expired(Now.AddSeconds(60).AddTicks(-1)));

        var ended = book.Expired(Now.AddSeconds(60));
        var after = book.RemoveAll(ended);
        Assert.Equal(2, ended.Length);
        Assert.Equal("2", Assert.Single(after.All).Id);
        Assert.Empty(after.Expired(Now.AddSeconds(60)));
        Assert.Equal(Now.AddSeconds(61), after.NextExpiry);
    }

    [Fact]
    [Trait("Conformance", "SUB-06")]
    public void A_refresh_in_time_keeps_a_subscription_alive()
    {
        var (book, _) = Book(Asked("alice", "1")).Put(Asked("alice", "1") with { Expires = Now.AddHours(2) });
        Assert.Empty(book.Expired(Now.AddHours(1)));
    }

    [Fact]
    public void A_watcher_without_subscriptions_leaves_no_trace()
    {
        var book = Book(Asked("alice", "1"));
        book = book.Remove(Asked("alice", "1"));
        Assert.Empty(book.ByWatcher);
        Assert.Null(book.NextExpiry);
        Assert.Empty(book.Remove(Asked("alice", "1")).ByWatcher);
    }

    [Fact]
    public void Several_are_taken_out_at_once_and_the_others_stay()
    {
        var book = Book(Asked("alice", "1"), Asked("alice", "2"), Asked("bob", "1"), Asked("carol", "1"));
        var after = book.RemoveAll([Asked("alice", "1"), Asked("bob", "1"), Asked("dave", "1"), Asked("alice", "1")]);
        Assert.Equal(["alice 2", "carol 1"], after.All.Select(s => $"{s.Watcher.Local} {s.Id}").Order());
        Assert.Equal(2, after.ByWatcher.Count);
        Assert.Same(book, book.RemoveAll([]));
    }

    [Fact]
    public void A_book_is_made_of_its_entries_again()
    {
        var book = Book(Asked("alice", "1"), Asked("bob", "1"), Asked("alice", "2"));
        Assert.Equal(
            book.All.OrderBy(s => (s.Watcher, s.Id)), SubscriptionBook.Of(book.All).All.OrderBy(s => (s.Watcher, s.Id)));
    }

    [Theory]
    [InlineData("", "status", true)]
    [InlineData("", "mood", true)]
    [InlineData("", "name", false)]
    [InlineData("", "ep/desk/status", false)]
    [InlineData("status", "status", true)]
    [InlineData("status", "note", false)]
    [InlineData("ep", "ep/desk/status", true)]
    [InlineData("ep/desk", "ep/desktop/status", false)]
    public void A_subscription_covers_its_path_and_below_and_the_root_means_presence(
        string subscribed, string path, bool covers) => Assert.Equal(
        covers, (Asked("alice", "1") with { Path = PropertyPath.Parse(subscribed) }).Covers(PropertyPath.Parse(path)));

    private static SubscriptionBook Book(params Subscription[] entries) => SubscriptionBook.Of(entries);

    private static Subscription In(SubscriptionState state) => Asked("alice", "1") with { State = state, SeenAs = state };

    private static Subscription Asked(string watcher, string id) => new(
        Who(watcher), id, PropertyPath.Parse("status"), SubscriptionState.Pending, Now, Now.AddHours(1), false,
        SubscriptionState.Pending);

    private static Address Who(string local) => Address.Parse(local + "@a.example");
}
