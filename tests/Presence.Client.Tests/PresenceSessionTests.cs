using System.Text;
using Presence.Client.Connections;
using Presence.Client.Login;
using Presence.Client.Tests.Scripts;
using Presence.Model.Addresses;

namespace Presence.Client.Tests;

public sealed class PresenceSessionTests : IAsyncLifetime
{
    private static readonly Address Bob = Address.Parse("bob@localhost");

    private readonly ScriptedServer _server = new();
    private PresenceSession _session = null!;

    public async ValueTask InitializeAsync()
    {
        var opening = PresenceSession.Open(
            _server.Options, Address.Parse("alice@localhost"), LoginScript.Password, new BindRequest("desk"));
        await _server.LetIn();
        _session = await opening;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _session.DisposeAsync();
    }

    [Fact]
    public void The_session_knows_who_and_where_it_is() =>
        Assert.Equal(("alice@localhost", "desk", 65536),
            (_session.Account.ToString(), _session.Bound.Endpoint, _session.Offer.MaxBody));

    [Fact]
    public async Task A_status_is_set_without_a_lease_and_the_note_after_it()
    {
        var setting = _session.SetStatus("away", "In Zürich");
        await _server.Exchange("SET 5 ~/status val=away", "200 5 ok ver=1");
        await _server.Exchange("SET 6 ~/note val=In%20Zürich", "200 6 ok ver=2");

        await setting;
    }

    [Theory]
    [InlineData("200 5 ok ver=3")]
    [InlineData("404 5 not-found")]
    public async Task Clearing_a_status_deletes_the_override_if_there_is_one(string answer)
    {
        var clearing = _session.ClearStatus();
        await _server.Exchange("DEL 5 ~/status", answer);

        await clearing;
    }

    [Fact]
    public async Task A_status_is_read_with_version_and_time()
    {
        var reading = _session.GetStatus(Bob);
        await _server.Exchange("GET 5 bob@localhost/status", "200 5 ok ver=7 val=dnd t=2026-11-22T06:10:12.050Z");

        Assert.Equal(
            new PropertyValue("dnd", 7, new DateTimeOffset(2026, 11, 22, 6, 10, 12, 50, TimeSpan.Zero)), await reading);
    }

    [Fact]
    public async Task A_property_that_is_not_there_is_null()
    {
        var reading = _session.GetNote();
        await _server.Exchange("GET 5 ~/note", "404 5 not-found");

        Assert.Null(await reading);
    }

    [Fact]
    public async Task A_refusal_carries_code_reason_and_text()
    {
        var reading = _session.GetStatus(Bob);
        await _server.Exchange("GET 5 bob@localhost/status", "429 5 slow-down retry=12 text=calm%20down");

        var refusal = await Assert.ThrowsAsync<PipRefusedException>(() => reading);
        Assert.Equal((429, "slow-down"), (refusal.Code, refusal.Reason));
        Assert.Contains("calm down", refusal.Message);
        Assert.Contains("12 s", refusal.Message);
    }

    [Fact]
    public async Task Subscribing_twice_uses_one_id_and_tells_the_state()
    {
        var first = _session.Subscribe(new Place(Bob));
        var heard = await _server.Hear();
        await _server.Say("202 5 pending state=pending");
        var second = _session.Subscribe(Place.Parse("bob@localhost/status"), TimeSpan.FromHours(1));
        var again = await _server.Hear();
        await _server.Say("200 6 ok state=active");

        Assert.Equal($"SUB 5 bob@localhost/status id={(await first).Id} expires=86400", heard);
        Assert.Equal($"SUB 6 bob@localhost/status id={(await first).Id} expires=3600", again);
        Assert.Equal(
            (SubscriptionState.Pending, SubscriptionState.Active), ((await first).State, (await second).State));
    }

    [Fact]
    public async Task Unsubscribing_and_approving_are_one_request_each()
    {
        var unsubscribing = _session.Unsubscribe("w-1");
        await _server.Exchange("UNSUB 5 w-1", "200 5 ok");
        var approving = _session.Approve(Bob);
        await _server.Exchange("APPROVE 6 ~ who=bob@localhost", "200 6 ok ver=1");

        await unsubscribing;
        await approving;
    }

    [Fact]
    public async Task A_message_is_sent_with_a_fresh_mid_and_the_wanted_receipts()
    {
        var sending = _session.Send(Bob, "Grüße", ["delivered", "displayed"]);
        var heard = await _server.Hear();
        await _server.Say("202 5 accepted");

        var result = await sending;
        Assert.True(result.IsAccepted);
        Assert.Equal(24, result.Mid.Length);
        Assert.Equal($"SEND 5 bob@localhost mid={result.Mid} type=text/plain;charset=utf-8 "
            + "want=delivered,displayed {7}|Grüße", heard);
    }

    [Fact]
    public async Task A_refused_message_is_a_result()
    {
        var sending = _session.Send(Bob, "hi");
        await _server.Hear();
        await _server.Say("480 5 unavailable");

        var result = await sending;
        Assert.Equal((480, "unavailable", false), (result.Code, result.Reason, result.IsAccepted));
    }

    [Fact]
    public async Task A_message_beyond_the_servers_limit_is_refused_without_sending_it()
    {
        Assert.Equal(413, (await _session.Send(Bob, new string('x', 65537))).Code);

        var approving = _session.Approve(Bob);
        await _server.Exchange("APPROVE 5 ~ who=bob@localhost", "200 5 ok");
        await approving;
    }

    [Fact]
    public async Task A_displayed_receipt_goes_to_the_sender()
    {
        await _server.Say("MSG #1 ~ from=bob@localhost mid=m1 want=displayed {2}", "hi");
        var message = Assert.IsType<Message>(await Next());
        var telling = _session.Displayed(message);
        await _server.Exchange("RECEIPT 5 bob@localhost mid=m1 disp=displayed", "202 5 accepted");

        await telling;
    }

    [Fact]
    public async Task Events_are_typed_and_each_is_acknowledged_when_the_next_is_asked_for()
    {
        await _server.Say(
            "NOTIFY #1 bob@localhost/status id=w-1 state=active ver=9 val=away t=2026-11-22T06:10:00.000Z",
            "MSG #2 ~ from=bob@localhost mid=m1 want=delivered {2}", "hi",
            "INVITE #3 ~ inv=i1",
            "RECEIPT #4 bob@localhost mid=m2 disp=failed code=480",
            "WATCHER #5 ~/status who=carol@localhost what=sub state=pending");
        var events = new List<PresenceEvent>();
        await foreach (var happened in _session.Events())
        {
            events.Add(happened);
            if (events.Count == 4)
                break;
        }

        var change = Assert.IsType<Notification>(events[0]);
        Assert.Equal(("bob@localhost/status", "w-1", SubscriptionState.Active, 9L, "away"),
            (change.Target.ToString(), change.SubscriptionId, change.State!.Value, change.Version!.Value,
                change.Value));
        var message = Assert.IsType<Message>(events[1]);
        Assert.Equal((Bob, "m1", "hi", true), (message.From, message.Mid, message.Text, message.IsPlainText));
        var receipt = Assert.IsType<Receipt>(events[2]);
        Assert.Equal(("m2", "failed", 480), (receipt.Mid, receipt.Disposition, receipt.Code!.Value));
        var watcher = Assert.IsType<WatcherRequest>(events[3]);
        Assert.Equal(("carol@localhost", "pending"), (watcher.Who, watcher.State));
        foreach (var acknowledged in (string[])["ACK #1", "ACK #2", "ACK #3", "ACK #4"])
            Assert.Equal(acknowledged, await _server.Hear());

        _session.Acknowledge(watcher);
        Assert.Equal("ACK #5", await _server.Hear());
    }

    [Theory]
    [InlineData("MSG #1 ~ from=@ mid=m {1}\r\nx")]
    [InlineData("MSG #1 ~ from=bob@localhost {1}\r\nx")]
    [InlineData("NOTIFY #1 //x val=y")]
    [InlineData("NOTIFY #1")]
    [InlineData("RECEIPT #1 bob@localhost mid=x")]
    [InlineData("WATCHER #1 ~")]
    public async Task An_event_without_what_makes_it_one_is_passed_over(string bad)
    {
        await _server.Say(bad, "NOTIFY #2 bob@localhost/photo type=image/png ver=1 {1}", "x");

        var change = Assert.IsType<Notification>(await Next());
        Assert.Equal(("image/png", "x"), (change.ContentType, Encoding.ASCII.GetString(change.Body!.Value.Span)));
    }

    [Fact]
    public async Task Events_end_with_the_reason_of_the_connection()
    {
        await _server.Say("421 0 replaced");

        Assert.Equal("replaced", (await Assert.ThrowsAsync<PipConnectionException>(Next)).Reason);
    }

    [Fact]
    public async Task Disposal_says_QUIT()
    {
        var disposing = _session.DisposeAsync();
        await _server.Exchange("QUIT 5", "221 5 bye");

        await disposing;
    }

    private async Task<PresenceEvent> Next()
    {
        await foreach (var happened in _session.Events())
            return happened;

        throw new InvalidOperationException("The events ended.");
    }
}
