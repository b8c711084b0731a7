using System.Globalization;
using Presence.Conformance.Run;
using Presence.Conformance.Statements;
using Presence.Conformance.Wire;
using static Presence.Conformance.Checks.MessageChecks;

namespace Presence.Conformance.Checks;

/// <summary>RES: repeating requests, coming back after a lost connection.</summary>
internal static class ResumeChecks
{
    [Check("RES-01")]
    public static async Task A_repeat_is_answered_and_not_executed(Scene scene)
    {
        var alice = await scene.Online("alice");
        await alice.Line("SET 100 ~/note val=a");
        var first = await alice.Answer(100, "200");
        await alice.Line("SET 101 ~/note val=b");
        await alice.Answer(101, "200");
        await alice.Line("SET 100 ~/note val=a");
        IsRepeat(alice, first, await alice.Answer(100));
        var note = await alice.Expect("200", "GET ~/note");
        if (note["val"] != "b")
            throw alice.Failed("the repeat not to be executed, val=b", $"{note}");
        await alice.Line($"SEND 110 {alice} mid=m1 type=text/plain", "hi"u8.ToArray());
        first = await alice.Answer(110, "202");
        await alice.Line($"SEND 110 {alice} mid=m1 type=text/plain", "hi"u8.ToArray());
        IsRepeat(alice, first, await alice.Answer(110));
        await alice.Message("m1");
        await alice.Never("second MSG", e => e["mid"] == "m1");
    }

    [Check("RES-02")]
    public static async Task Tags_grow_stale(Scene scene)
    {
        var alice = await scene.Connected("alice");
        await alice.Line("SET 5000 ~/note val=a");
        await alice.Answer(5000, "200");
        await alice.Line("SET 3975 ~/note val=old");
        await alice.Answer(3975, "409 stale-tag");
        await alice.Line("SET 4000 ~/note val=b");
        await alice.Answer(4000, "200");
    }

    [Check("RES-03")]
    public static async Task A_lost_answer_does_not_double_a_message(Scene scene)
    {
        var (bob, alice) = await Friends(scene);
        var tag = await alice.Post($"SEND {bob} mid=m1 type=text/plain", "hi");
        // Bob has it, so it was executed; what the answer said is lost with the connection.
        await bob.Message("m1");
        await alice.Cut();
        var (again, resumed) = await Resume(scene, alice, 0);
        if (resumed["next"] != $"{tag + 1}")
            throw again.Failed($"next={tag + 1}", $"{resumed}");
        await again.Line($"SEND {tag} {bob} mid=m1 type=text/plain", "hi"u8.ToArray());
        var answer = await again.Answer(tag, "202");
        if (answer["dup"] != "yes")
            throw again.Failed("dup=yes", $"{answer}");
        await bob.Never("second MSG", e => e["mid"] == "m1");
    }

    [Check("RES-04")]
    public static async Task What_was_not_acknowledged_comes_again(Scene scene)
    {
        var (bob, alice) = await Friends(scene);
        bob.Acknowledges = false;
        foreach (var mid in (string[])["m1", "m2", "m3"])
            await Send(alice, bob, mid);
        var first = await bob.Message("m1");
        await bob.Cut();
        var (again, _) = await Resume(scene, bob, first.Number);
        var (two, three) = (await again.Event("MSG"), await again.Event("MSG"));
        if (two["mid"] != "m2" || three["mid"] != "m3" || two.Number != first.Number + 1 || three.Number != first.Number + 2)
            throw again.Failed($"m2 and m3 as #{first.Number + 1} and #{first.Number + 2}", $"{two}; {three}");
        await again.Never("MSG that was seen before", e => e.First == "MSG");
    }

    [Check("RES-05")]
    public static async Task Nobody_has_seen_what_was_not_sent(Scene scene)
    {
        var alice = await scene.Connected("alice");
        await alice.Cut();
        var link = await scene.Authenticated(alice.User!);
        await link.Expect("400", Request(alice, 1_000_000));
        await ExpectGone(scene, alice);
    }

    [Check("RES-06")]
    public static async Task Three_wrong_keys(Scene scene)
    {
        var alice = await scene.Connected("alice");
        await alice.Cut();
        for (var i = 0; i < 3; i++)
        {
            var link = await scene.Authenticated(alice.User!);
            await link.Expect("410 session-gone", $"RESUME {alice.Bound!["sid"]} key=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA{i} seen=0");
        }

        await ExpectGone(scene, alice);
        var other = await scene.Connected(alice.User!, "ep=forgiven");
        await other.Cut();
        var once = await scene.Authenticated(alice.User!);
        await once.Expect("410", $"RESUME {other.Bound!["sid"]} key=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA seen=0");
        await Resume(scene, other, 0);
    }

    [Check("RES-07")]
    public static async Task A_stolen_key_is_useless(Scene scene)
    {
        var alice = await scene.Connected("alice");
        await alice.Cut();
        var mallory = await scene.Authenticated(await scene.User("mallory"));
        await mallory.Expect("410 session-gone", Request(alice, 0));
        await Resume(scene, alice, 0);
    }

    [Check("RES-09", Limit = 900)]
    public static async Task After_410_only_changes_are_told(Scene scene)
    {
        var bob = await scene.Online("bob");
        var carol = await scene.Online("carol");
        var alice = await scene.Connected("alice", scene.IsSlow ? "" : "resume=no");
        await Scene.Approve(bob, alice);
        await Scene.Approve(carol, alice);
        var old = (await Scene.Watch(alice, bob, "b"))["ver"];
        var current = (await Scene.Watch(alice, carol, "c"))["ver"];
        await alice.Cut();
        await Scene.Show(bob, "away");
        if (scene.IsSlow && int.TryParse(alice.Bound!["ttl"], CultureInfo.InvariantCulture, out var ttl))
            await Task.WhenAll(bob.Linger(TimeSpan.FromSeconds(ttl + 2)), carol.Linger(TimeSpan.FromSeconds(ttl + 2)));
        else
            scene.Leave("that the ttl ends a session, which needs --slow; this one ended by resume=no");
        var again = await scene.Authenticated(alice.User!);
        await again.Expect("410 session-gone", $"RESUME {alice.Bound!["sid"]} key={alice.Bound["key"] ?? "none"} seen=0");
        await again.Expect("200", "BIND ep=again");
        var answer = await again.Expect("200", "SYNC type=text/pip-sync", $"b ver={old}\r\nc ver={current}\r\nold7 ver=1\r\n");
        if (answer["n"] != "2")
            throw again.Failed("n=2: a change and an ended subscription", $"{answer}");
        await again.Notify("b", "away");
        var end = await again.Notify("old7");
        if (end["state"] != "terminated")
            throw again.Failed("state=terminated for an id that is unknown", $"{end}");
        await again.Never("NOTIFY of what is current", e => e["id"] == "c");
    }

    [Check("RES-10")]
    public static async Task Gaps_are_told(Scene scene)
    {
        var (bob, alice) = await Friends(scene);
        await Scene.Approve(alice, bob);
        alice.Acknowledges = false;
        await Scene.Watch(alice, bob, "s");
        foreach (var value in (string[])["away", "dnd", "chat"])
        {
            await Scene.Show(bob, value);
            await Send(bob, alice, value);
            await alice.Message(value);
        }

        await Scene.Show(bob, "xa");
        await alice.Notify("s", "xa");
        await alice.Cut();
        var (again, _) = await Resume(scene, alice, 0);
        again.Acknowledges = false;
        long last = 0;
        List<string> mids = [];
        for (var value = ""; value != "xa";)
        {
            var next = await again.Await("the replay of an event", e => e.IsEvent);
            var before = next["prev"] is { } prev ? long.Parse(prev) : next.Number - 1;
            if (before != last)
                throw again.Failed($"#{last} to be told as the event before", $"{next}");
            last = next.Number;
            if (next.First == "MSG")
                mids.Add(next["mid"] ?? "");
            value = next["id"] == "s" ? next["val"] : value;
        }

        if (!mids.SequenceEqual(["away", "dnd", "chat"]))
            throw again.Failed("each MSG once and in order", string.Join(", ", mids));
    }

    [Check("RES-12")]
    public static async Task A_lost_connection_shows(Scene scene)
    {
        var (bob, alice) = await Friends(scene);
        await Scene.Watch(alice, bob, "s");
        await bob.Cut();
        var began = TimeProvider.System.GetTimestamp();
        await alice.Notify("s", "offline");
        var late = TimeProvider.System.GetElapsedTime(began);
        if (late > TimeSpan.FromSeconds(1))
            throw alice.Failed("offline within 1 s", $"{late.TotalSeconds:0.0} s");
        await Resume(scene, bob, 0);
        await alice.Notify("s", "online");
    }

    [Check("RES-13", Limit = 600, Alone = true)]
    public static async Task Cuts_lose_and_double_nothing(Scene scene)
    {
        var messages = scene.IsSlow ? 10_000 : 400;
        var (bob, alice) = await Friends(scene);
        var link = alice;
        var received = Receive(bob, messages);
        var cutter = new Presence.Testing.SeededGenerator(20_261_122);
        for (var next = 0; next < messages;)
        {
            var cut = next / 50 * 50 + 50;
            for (; next < cut && next < messages; next++)
                await Deliver(scene, link, bob, next);
            if (next >= messages)
                break;
            // The next one is broken off at some octet of it.
            var line = $"SEND {link.Tag + 1} {bob} mid=r{next} type=text/plain {{2}}\r\nhi\r\n";
            await link.Raw(line[..cutter.Between(1, line.Length)]);
            await link.Cut();
            (link, _) = await Resume(scene, link, 0);
        }

        await received;
        await bob.Never("MSG that came before", e => e.First == "MSG");
        if (!scene.IsSlow)
            scene.Leave($"10 000 messages, which need --slow; these were {messages}");
    }

    [Check("RES-14")]
    public static async Task The_mid_outlives_the_session(Scene scene)
    {
        var (bob, alice) = await Friends(scene);
        await Send(alice, bob, "m1");
        await bob.Message("m1");
        await alice.Expect("221", "QUIT");
        var again = await scene.Connected(alice.User!, "ep=again");
        await Send(again, bob, "m1");
        await bob.Never("second MSG with the same mid", e => e["mid"] == "m1");
    }

    /// <summary>Connects and resumes the session of a link that was cut.</summary>
    internal static async Task<(Link Link, Frame Answer)> Resume(Scene scene, Link former, long seen)
    {
        var link = await scene.Authenticated(former.User!);
        link.Bound = former.Bound;
        var answer = await link.Expect("200", Request(former, seen));
        if (!long.TryParse(answer["next"], out var next))
            throw link.Failed("next= in the answer to RESUME", $"{answer}");
        link.Tag = Math.Max(next - 1, former.Tag);
        if (answer["key"] is not null)
            link.Bound = answer;
        return (link, answer);
    }

    private static string Request(Link former, long seen) =>
        $"RESUME {former.Bound!["sid"]} key={former.Bound["key"] ?? throw former.Failed("key= in the answer to BIND", $"{former.Bound}")} seen={seen}";

    private static async Task ExpectGone(Scene scene, Link former)
    {
        var link = await scene.Authenticated(former.User!);
        await link.Expect("410 session-gone", Request(former, 0));
    }

    private static void IsRepeat(Link link, Frame first, Frame second)
    {
        if (second["dup"] != "yes" || $"{second}".Replace(" dup=yes", "", StringComparison.Ordinal) != $"{first}")
            throw link.Failed($"the first answer again with dup=yes, {first}", $"{second}");
    }

    private static async Task Deliver(Scene scene, Link link, Link bob, int number)
    {
        var answer = await link.Ask($"SEND {bob} mid=r{number} type=text/plain", "hi");
        while (answer.Is("429") && int.TryParse(answer["retry"], out var seconds))
        {
            await Task.Delay(TimeSpan.FromSeconds(seconds), TimeProvider.System, scene.Stop);
            answer = await link.Ask($"SEND {bob} mid=r{number} type=text/plain", "hi");
        }

        link.Must("202", answer, "SEND");
    }

    private static async Task Receive(Link bob, int count)
    {
        for (var number = 0; number < count; number++)
        {
            var got = await bob.Event("MSG");
            if (got["mid"] != $"r{number}")
                throw bob.Failed($"mid=r{number} next, once and in order", $"{got}");
        }
    }
}
