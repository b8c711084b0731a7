using Presence.Cli.Output;
using Presence.Client;
using Presence.Model.Addresses;

namespace Presence.Cli.Tests.Output;

public sealed class EventLinesTests
{
    private static readonly DateTimeOffset Time = new(2026, 11, 22, 6, 10, 0, TimeSpan.Zero);
    private static readonly Address Bob = Address.Parse("bob@localhost");
    private static readonly Place Chess = Place.Parse("chess@localhost");

    public static TheoryData<PresenceEvent, string, string> Events => new()
    {
        {
            new MembershipChange(1, Time, Chess, "bob@localhost", "pending", null),
            "bob@localhost asks to join chess@localhost",
            """{"event":"member","group":"chess@localhost","who":"bob@localhost","state":"pending","time":"T"}"""
        },
        {
            new MembershipChange(1, Time, Chess, "bob@localhost", "member", "owner"),
            "bob@localhost is in chess@localhost as owner",
            """{"event":"member","group":"chess@localhost","who":"bob@localhost","state":"member","role":"owner","time":"T"}"""
        },
        {
            new MembershipChange(1, Time, Chess, "bob@localhost", "banned", null),
            "bob@localhost is banned from chess@localhost",
            """{"event":"member","group":"chess@localhost","who":"bob@localhost","state":"banned","time":"T"}"""
        },
        {
            new InvitationOffer(1, Time, Bob, "i7", "application/sdp", 30, "v=0"u8.ToArray()),
            "bob@localhost calls you: application/sdp, invitation i7\n    v=0",
            """{"event":"invite","from":"bob@localhost","inv":"i7","type":"application/sdp","ttl":30,"octets":3,"text":"v=0","time":"T"}"""
        },
        {
            new InvitationEnd(1, Time, "i7", "timeout"),
            "invitation i7 is over: timeout",
            """{"event":"cancel","inv":"i7","why":"timeout","time":"T"}"""
        },
        {
            new Referral(1, Time, Bob, Address.Parse("carol@localhost"), "she\u001bknows"),
            @"bob@localhost asks you to turn to carol@localhost: she\u{001B}knows",
            """{"event":"refer","from":"bob@localhost","to":"carol@localhost","why":"she\u001Bknows","time":"T"}"""
        },
        {
            new WatcherRequest(1, Time, Place.Parse("~/note"), "bob@localhost", "query", null),
            "bob@localhost asked for ~/note",
            """{"event":"watcher","who":"bob@localhost","what":"query","target":"~/note","time":"T"}"""
        },
    };

    [Fact]
    public void A_message_tells_its_subject_and_that_its_sender_waits()
    {
        var message = new Message(1, Time, Bob, Chess, "m1", "image/png", [], new byte[9])
        {
            Subject = "A game",
            Class = "games",
            IsRequest = true,
        };

        Assert.Equal(
            "2026-11-22 06:10:00Z bob@localhost in chess@localhost about \"A game\" "
            + "(/approve bob@localhost lets him write on):\n    (image/png, 9 octets)",
            Told(message, isJson: false));
        Assert.Contains("\"subject\":\"A game\",\"class\":\"games\",\"request\":true", Told(message, isJson: true));
    }

    [Fact]
    public void A_message_that_waited_says_so()
    {
        var message = new Message(1, Time, Bob, Place.Parse("~"), "m1", "text/plain", [], "hi"u8.ToArray())
        {
            DelayedSince = Time,
        };

        Assert.StartsWith("2026-11-22 06:10:00Z bob@localhost (waited for you):", Told(message, isJson: false));
        Assert.Contains("\"delayed\":\"2026-11-22T06:10:00.000Z\"", Told(message, isJson: true));
    }

    [Theory]
    [MemberData(nameof(Events), DisableDiscoveryEnumeration = true)]
    public void An_event_is_a_line_for_people_or_an_object_for_scripts(
        PresenceEvent happened, string forPeople, string forScripts)
    {
        Assert.Equal($"2026-11-22 06:10:00Z {forPeople}", Told(happened, isJson: false));
        Assert.Equal(forScripts.Replace("\"T\"", "\"2026-11-22T06:10:00.000Z\""), Told(happened, isJson: true));
    }

    private static string Told(PresenceEvent happened, bool isJson)
    {
        var output = new StringWriter();
        new Report(output, TextWriter.Null, isJson).Tell(happened);
        return output.ToString().TrimEnd();
    }
}
