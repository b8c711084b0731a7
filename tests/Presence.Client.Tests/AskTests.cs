using System.Text;
using Presence.Client.Connections;
using Presence.Client.Login;
using Presence.Client.Tests.Scripts;
using Presence.Model.Addresses;

namespace Presence.Client.Tests;

/// <summary>Requests of every kind, and the events of groups and invitations.</summary>
public sealed class AskTests : IAsyncLifetime
{
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
    public async Task Parameters_keep_their_order_and_those_without_a_value_are_left_out()
    {
        var asking = _session.Ask("JOIN", "chess@localhost", [("who", null), ("role", "member"), ("classes", "")]);
        await _server.Exchange("JOIN 5 chess@localhost role=member classes=", "202 5 pending state=pending n=7");
        var answer = await asking;

        Assert.Equal((202, "pending", "pending", 7), (answer.Code, answer.Reason, answer.Parameters["state"],
            answer.Number("n")));
        Assert.Same(answer, answer.Require());
    }

    [Fact]
    public async Task A_list_in_an_answer_is_read_item_by_item()
    {
        var asking = _session.Ask("MEMBERS", "chess@localhost");
        await _server.Exchange(
            "MEMBERS 5 chess@localhost", "200 5 ok type=text/pip-who {27}\r\nbob@localhost role=member\r\n");
        var items = (await asking).Items();

        Assert.Equal(("bob@localhost", "member"), (Assert.Single(items).First, items[0].Parameters["role"]));
    }

    [Fact]
    public async Task A_list_that_is_none_is_the_servers_fault()
    {
        var asking = _session.Ask("MEMBERS", "chess@localhost");
        await _server.Exchange("MEMBERS 5 chess@localhost", "200 5 ok type=text/pip-who {2}\r\n\r\n");
        var answer = await asking;

        Assert.Equal("protocol", Assert.Throws<PipConnectionException>(answer.Items).Reason);
    }

    [Fact]
    public async Task A_refusal_is_an_answer_until_more_is_required()
    {
        var asking = _session.Ask("SET", "~/note", [("val", "x"), ("if", "7")]);
        await _server.Exchange("SET 5 ~/note val=x if=7", "412 5 version-mismatch ver=9");
        var refusal = Assert.Throws<PipRefusedException>((await asking).Require);

        Assert.Equal((412, "version-mismatch"), (refusal.Code, refusal.Reason));
        Assert.Equal("The server refused: 412 version-mismatch, the version is 9.", refusal.Message);
    }

    [Fact]
    public async Task What_would_cost_the_connection_is_not_sent()
    {
        var line = await _session.Ask("SET", "~/note", [("val", new string('x', 4096))]);
        var body = await _session.Ask("SET", "~/photo", [("type", "image/png")], new byte[65537]);

        Assert.Equal((414, 413), (line.Code, body.Code));
    }

    [Fact]
    public async Task The_longest_line_and_body_are_sent()
    {
        const int Tag = 18;
        var value = new string('x', 4096 - "SET  ~/note val= {65536}\r\n".Length - Tag);
        var asking = _session.Ask("SET", "~/note", [("val", value)], new byte[65536]);

        Assert.StartsWith("SET 5 ~/note", await _server.Hear());
        await _server.Say("200 5 ok");
        Assert.True((await asking).IsDone);
        Assert.Equal(414, (await _session.Ask("SET", "~/note", [("val", value + "x")], new byte[65536])).Code);
    }

    [Theory]
    [InlineData("subject=A%20game class=games request=yes", "A game", "games", true)]
    [InlineData("type=text/plain", null, null, false)]
    public async Task A_message_tells_what_it_is_about_and_whether_its_sender_waits(
        string parameters, string? subject, string? topic, bool isRequest)
    {
        await _server.Say($"MSG #1 ~ from=bob@localhost mid=m1 {parameters} {{2}}\r\nhi");
        var message = Assert.IsType<Message>(await _session.Events().FirstAsync());

        Assert.Equal((subject, topic, isRequest), (message.Subject, message.Class, message.IsRequest));
    }

    [Fact]
    public async Task A_message_that_waited_for_its_recipient_says_since_when()
    {
        await _server.Say("MSG #1 ~ from=bob@localhost mid=m1 delayed=2026-11-22T06:10:00.000Z {2}\r\nhi");
        var message = Assert.IsType<Message>(await _session.Events().FirstAsync());

        Assert.Equal(new DateTimeOffset(2026, 11, 22, 6, 10, 0, TimeSpan.Zero), message.DelayedSince);
    }

    [Fact]
    public async Task Events_of_groups_and_invitations_are_typed()
    {
        await _server.Say(
            "MEMBER #1 chess@localhost who=bob@localhost state=member role=owner t=2026-11-22T06:10:00.000Z",
            "INVITE #2 ~ from=bob@localhost inv=i7 ttl=30 type=application/sdp {3}\r\nv=0",
            "ANSWER #3 bob@localhost/ep/phone inv=i8 code=200 type=text/plain {2}\r\nok",
            "CANCEL #4 ~ inv=i7 why=timeout",
            "REFER #5 ~ from=bob@localhost to=carol@localhost why=she%20knows",
            "WATCHER #6 ~/status who=anon what=query",
            "MEMBER #7 chess@localhost state=member",
            "ANSWER #8 bob@localhost inv=i8 code=99",
            "REFER #9 ~ from=bob@localhost to=*",
            "CANCEL #10 ~",
            "INVITE #11 ~ inv=i9 {0}\r\n",
            "CANCEL #12 ~ inv=last");
        var events = await _session.Events().Take(7).ToListAsync();

        Assert.Equal(("bob@localhost", "member", "owner"),
            events[0] is MembershipChange member ? (member.Who, member.State, member.Role) : default);
        Assert.Equal(("i7", 30, "v=0"), events[1] is InvitationOffer offer
            ? (offer.Id, offer.Lifetime, Encoding.UTF8.GetString(offer.Body.Span)) : default);
        Assert.Equal(("bob@localhost/ep/phone", "i8", 200, "text/plain"), events[2] is InvitationAnswer answer
            ? (answer.From.ToString(), answer.Id, answer.Code, answer.ContentType) : default);
        Assert.Equal(("i7", "timeout"), events[3] is InvitationEnd end ? (end.Id, end.Why) : default);
        Assert.Equal(("carol@localhost", "she knows"),
            events[4] is Referral referral ? (referral.To.ToString(), referral.Why) : default);
        Assert.Equal(("anon", "query"), events[5] is WatcherRequest watcher ? (watcher.Who, watcher.What) : default);
        Assert.Equal(new InvitationEnd(12, null, "last", null), events[6]);
    }
}
