using System.Diagnostics;
using Presence.Conformance.Run;
using Presence.Conformance.Statements;
using Presence.Conformance.Wire;
using static Presence.Conformance.Checks.MessageChecks;

namespace Presence.Conformance.Checks;

/// <summary>ACL-10 to ACL-16: what somebody who is blocked can and cannot notice.</summary>
internal static class BlockingChecks
{
    [Check("ACL-10", Limit = 60)]
    public static async Task Blocked_looks_like_offline(Scene scene)
    {
        var (bob, alice) = await Friends(scene);
        var twin = await scene.Online("twin");
        await Scene.Approve(twin, alice);
        foreach (var owner in (Link[])[bob, twin])
        {
            await owner.Expect("200", "SET ~ type=text/pip-props", "name val=B\r\nnote val=hi\r\nx.test.secret val=1\r\n");
            await Scene.Watch(alice, owner, owner.Label);
        }

        await bob.Expect("200", $"BLOCK ~ who={alice} mode=polite");
        await alice.Notify("bob", "offline");
        await twin.Expect("221", "QUIT");
        await alice.Notify("twin", "offline");
        var (ofBob, ofTwin) = (await Seen(alice, bob, "bob"), await Seen(alice, twin, "twin"));
        foreach (var (blocked, offline) in ofBob.Zip(ofTwin))
        {
            if (blocked != offline)
                throw alice.Failed($"the same as from a user who is offline, \"{offline}\"", $"\"{blocked}\"");
        }

        // What the refreshes brought has been said by then.
        await alice.Never("message", e => e.First == "MSG", 300);
        alice.Forget();
        await bob.Expect("200", "SET ~/note val=changed");
        await Scene.Show(bob, "away");
        await alice.Never("event from somebody who blocks", e => e.IsEvent);
        var note = await alice.Expect("200", $"GET {bob}/note");
        if (note["val"] != "hi")
            throw alice.Failed("the note frozen at val=hi", $"{note}");
        await bob.Never("event of somebody who is blocked", e => e.First is "MSG" or "INVITE", 100);
    }

    [Check("ACL-11", Alone = true, Limit = 900)]
    public static async Task Blocked_takes_as_long_as_offline(Scene scene)
    {
        var samples = scene.IsSlow ? 10_000 : 400;
        var (bob, alice) = await Friends(scene);
        var twin = await scene.Connected("twin");
        await Scene.Approve(twin, alice);
        await bob.Expect("200", $"BLOCK ~ who={alice} mode=polite");
        List<double> ofBob = [], ofTwin = [];
        for (var i = 0; i < samples; i++)
        {
            ofBob.Add(await Timed(scene, alice, bob, $"b{i}"));
            ofTwin.Add(await Timed(scene, alice, twin, $"t{i}"));
        }

        TwoSamples.MustBeAlike("SEND to somebody who blocks", ofBob, "SEND to somebody who is offline", ofTwin);
        if (!scene.IsSlow)
            scene.Leave($"n = 10 000, which needs --slow; this was n = {samples}");
    }

    [Check("ACL-12")]
    public static async Task No_receipts_for_the_blocked(Scene scene)
    {
        var (bob, alice) = await Friends(scene);
        bob.Acknowledges = false;
        await Send(alice, bob, "before", "want=delivered,displayed");
        var message = await bob.Message("before");
        await bob.Expect("200", $"BLOCK ~ who={alice} mode=polite");
        await bob.Ack(message.Number);
        await bob.Ask($"RECEIPT {alice} mid=before disp=displayed");
        await alice.Ask($"SEND {bob} mid=after type=text/plain want=delivered,displayed", "hi");
        await alice.Never("RECEIPT from somebody who blocks", e => e.First == "RECEIPT" && e["disp"] != "failed", 800);
    }

    [Check("ACL-13")]
    public static async Task Unblocking_is_quiet(Scene scene)
    {
        var (bob, alice) = await Friends(scene);
        await Scene.Watch(alice, bob, "s");
        await bob.Expect("200", $"BLOCK ~ who={alice} mode=polite");
        await alice.Notify("s", "offline");
        await alice.Expect("480", $"SEND {bob} mid=m1 type=text/plain", "hi");
        await Scene.Show(bob, "away");
        // The change is published, to those who may see it, before the block ends.
        await alice.Never("event from somebody who blocks", e => e.IsEvent);
        await bob.Expect("200", $"UNBLOCK ~ who={alice}");
        await alice.Never("event right after unblocking", e => e.IsEvent, 800);
        await bob.Never("message from the time of the block", e => e.First == "MSG", 100);
        await Scene.Show(bob, "dnd");
        await alice.Notify("s", "dnd");
    }

    [Check("ACL-14")]
    public static async Task The_blockers_interest_looks_old(Scene scene)
    {
        var (bob, alice) = await Friends(scene);
        await Scene.Approve(alice, bob);
        await Scene.Watch(bob, alice, "s");
        await bob.Expect("200", $"GET {alice}/status");
        await bob.Expect("200", $"BLOCK ~ who={alice} mode=polite");
        var before = await LinesOf(alice, bob);
        await bob.Expect("200", $"SUB {alice}/status id=s expires=7200");
        await bob.Expect("200", $"GET {alice}/status");
        var after = await LinesOf(alice, bob);
        if (before != after)
            throw alice.Failed($"the lines about the blocker as before, \"{before}\"", $"\"{after}\"");
        if (!before.Contains("state=active", StringComparison.Ordinal))
            throw alice.Failed("the blocker's subscription to be listed", before);
    }

    [Check("ACL-15")]
    public static async Task Explicit_says_so(Scene scene)
    {
        var (bob, alice) = await Friends(scene);
        await Scene.Watch(alice, bob, "s");
        await bob.Expect("200", $"BLOCK ~ who={alice} mode=explicit");
        var end = await alice.Event("NOTIFY", e => e["id"] == "s" && e["state"] is not null, "with id=s state=terminated");
        if (end["state"] != "terminated" || end["why"] != "rejected")
            throw alice.Failed("state=terminated why=rejected", $"{end}");
        foreach (var request in (string[])[$"GET {bob}/status", $"SUB {bob}/status id=s expires=3600"])
            await alice.Expect("403 forbidden", request);
        await alice.Expect("403 forbidden", $"SEND {bob} mid=m1 type=text/plain", "hi");
    }

    [Check("ACL-16")]
    public static async Task Nobody_looks_like_somebody(Scene scene)
    {
        var alice = await scene.Connected("alice");
        var bob = await scene.User("bob");
        var phantom = $"nobody-{Scene.Fresh("n")}@{scene.Domain}";
        if ((await alice.Ask($"GET {phantom}/status")).Is("404"))
            throw new NotApplicableException("this user holds list on the domain (unknown addresses are 404): needs a user of another domain");
        var (real, unreal) = (await Probed(alice, bob.Address, "r"), await Probed(alice, phantom, "u"));
        foreach (var (one, other) in real.Zip(unreal))
        {
            if (one != other)
                throw alice.Failed($"an unknown address to look like a user, \"{one}\"", $"\"{other}\"");
        }
    }

    /// <summary>The answers to all that one user can ask about another, without times, versions, tags and names.</summary>
    private static async Task<List<string>> Seen(Link link, Link whom, string id)
    {
        List<string> seen = [];
        foreach (var (request, body) in ((string, string?)[])
            [($"GET {whom}/status", null), ($"GET {whom}/note", null), ($"GET {whom}/x.test.secret", null), ($"GET {whom}", null),
                ($"SUB {whom}/status id={id} expires=3600", null), ($"SUB {whom}/note id={id}2 expires=3600", null),
                ($"SEND {whom} mid={id}1 type=text/plain want=delivered,displayed", "hi"), ($"SEND {whom} mid={id}2 deliver=best", "hi"),
                ($"SEND {whom} mid={id}3 type=application/im-iscomposing%2Bxml", "<isComposing/>"),
                ($"INVITE {whom} inv={id} ttl=10 type=application/sdp", "v=0\r\n"), ($"LOCATE {whom}", null),
                ($"GET {whom}/ep", null), ($"GET {whom}/caps", null), ($"WATCHERS {whom}/status", null), ($"SET {whom}/note val=x", null),
                ($"FIND {link.User!.Domain} q={whom.User!.Name}", null), ("SYNC type=text/pip-sync", $"{id} ver=1\r\n"), ($"UNSUB {id}2", null)])
        {
            var answer = body is null ? await link.Ask(request) : await link.Ask(request, body);
            var words = request.Split(' ');
            seen.Add($"{words[0]} {words.ElementAtOrDefault(1)?[(words[1].IndexOf('/', StringComparison.Ordinal) + 1)..]}: {Shape(answer, whom, id)}"
                .Replace($"{whom}", "X", StringComparison.Ordinal).Replace(id, "?", StringComparison.Ordinal));
        }

        return seen;
    }

    private static async Task<List<string>> Probed(Link link, string whom, string id)
    {
        List<string> seen = [];
        foreach (var (request, body) in ((string, string?)[])
            [($"GET {whom}/status", null), ($"GET {whom}/x.test.none", null), ($"SUB {whom}/status id={id} expires=3600", null),
                ($"SUB {whom}/status id={id} expires=7200", null), ("SYNC type=text/pip-sync", $"{id} ver=1\r\n"), ($"UNSUB {id}", null),
                ($"SEND {whom} mid={id}1 want=delivered", "hi"), ($"SEND {whom} mid={id}2", "hi"), ($"RECEIPT {whom} mid=none disp=displayed", null),
                ($"INVITE {whom} inv={id} ttl=10 type=application/sdp", "v=0\r\n"), ($"JOIN {whom}", null), ($"LOCATE {whom}", null)])
        {
            var answer = body is null ? await link.Ask(request) : await link.Ask(request, body);
            seen.Add($"{request.Split(' ')[0]}: {Shape(answer, whom, id)}");
        }

        return seen;
    }

    private static string Shape(Frame answer, object whom, string id)
    {
        var parameters = answer.Parameters.Select(pair => pair.Key is "ver" or "t" ? pair.Key : $"{pair.Key}={pair.Value}");
        var items = answer["type"]?.StartsWith("text/pip-", StringComparison.Ordinal) == true
            ? answer.Items.Select(item => string.Join(' ', item.Words) + " " + string.Join(
                ' ', item.Parameters.Select(pair => pair.Key is "ver" or "t" or "since" or "nid" or "created" ? pair.Key : $"{pair.Key}={pair.Value}")))
            : [answer.BodyText];
        return $"{answer.First} {answer.Third} {string.Join(' ', parameters)} |{string.Join('⏎', items)}"
            .Replace($"{whom}", "X", StringComparison.Ordinal).Replace($"id={id}", "id=?", StringComparison.Ordinal);
    }

    private static async Task<double> Timed(Scene scene, Link link, object whom, string mid)
    {
        // Below the usual 50 requests a second, so that no limit has a say in it.
        var pause = Task.Delay(TimeSpan.FromMilliseconds(24), TimeProvider.System, scene.Stop);
        var began = Stopwatch.GetTimestamp();
        await link.Expect("480 unavailable", $"SEND {whom} mid={mid} type=text/plain", "hi");
        var time = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        await pause;
        return time;
    }

    private static async Task<string> LinesOf(Link owner, Link who) => string.Join(
        "; ", (await owner.Expect("200", "WATCHERS ~/status what=sub,query")).Items
            .Where(item => item.Words[0] == $"{who}").Select(item => string.Join(' ', item.Parameters.Select(pair => $"{pair.Key}={pair.Value}"))));
}
