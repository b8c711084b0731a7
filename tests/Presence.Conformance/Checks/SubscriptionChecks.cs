using System.Diagnostics;
using Presence.Conformance.Run;
using Presence.Conformance.Statements;
using Presence.Conformance.Wire;

namespace Presence.Conformance.Checks;

/// <summary>SUB: who is told what.</summary>
internal static class SubscriptionChecks
{
    [Check("SUB-01")]
    public static async Task With_right_one_value_at_once(Scene scene)
    {
        var (bob, alice) = await Friends(scene);
        var answer = await alice.Expect("200 ok", $"SUB {bob}/status id=s expires=3600");
        if (answer["state"] != "active" || answer["id"] != "s" || answer["expires"] is null)
            throw alice.Failed("id=s state=active expires=", $"{answer}");
        await alice.Notify("s", "online");
        await alice.Never("second NOTIFY of the first value", e => e["id"] == "s");
    }

    [Check("SUB-02")]
    public static async Task First_contact_asks(Scene scene)
    {
        var bob = await scene.Online("bob");
        var alice = await scene.Connected("alice");
        var answer = await alice.Expect("202 pending", $"SUB {bob}/status id=s expires=3600");
        if (answer["state"] != "pending")
            throw alice.Failed("state=pending", $"{answer}");
        await bob.Event("WATCHER", e => e["who"] == $"{alice}" && e["state"] == "pending", $"who={alice} state=pending");
        await alice.Never("NOTIFY while pending", e => e.First == "NOTIFY", 200);
        await Scene.Approve(bob, alice);
        var first = await alice.Notify("s");
        if (first["state"] != "active" || first["val"] != "online")
            throw alice.Failed("NOTIFY with state=active val=online", $"{first}");
    }

    [Check("SUB-03")]
    public static async Task Two_ways_to_deny(Scene scene)
    {
        var bob = await scene.Online("bob");
        var alice = await scene.Connected("alice");
        var carol = await scene.Connected("carol");
        await alice.Expect("202", $"SUB {bob}/status id=a expires=3600");
        await carol.Expect("202", $"SUB {bob}/status id=c expires=3600");
        await bob.Expect("200", $"DENY ~/status who={alice} mode=explicit");
        var end = await alice.Notify("a");
        if (end["state"] != "terminated" || end["why"] != "rejected")
            throw alice.Failed("NOTIFY with state=terminated why=rejected", $"{end}");
        await bob.Expect("200", $"DENY ~/status who={carol} mode=polite");
        await carol.Never("event after a polite denial", e => e.First == "NOTIFY");
        await carol.Expect("202 pending", $"SUB {bob}/status id=c expires=3600");
        await bob.Never("second question about carol", e => e.First == "WATCHER" && e["who"] == $"{carol}" && e["state"] == "pending" && e.Number > 2);
    }

    [Check("SUB-04")]
    public static async Task The_same_id_is_a_refresh(Scene scene)
    {
        var (bob, alice) = await Friends(scene);
        await Scene.Watch(alice, bob, "s");
        await alice.Expect("200", $"SUB {bob}/status id=s expires=7200");
        var listed = (await bob.Expect("200", "WATCHERS ~/status what=sub")).Items.Count(item => item.Words[0] == $"{alice}");
        if (listed != 1)
            throw bob.Failed("one subscription of alice in WATCHERS", $"{listed}");
        // The answer to a refresh may bring the value once more; a change comes once.
        await alice.Never("NOTIFY of another subscription", e => e["id"] != "s", 200);
        await Scene.Show(bob, "away");
        await alice.Notify("s", "away");
        await alice.Never("second NOTIFY of one change", e => e["val"] == "away");
        await alice.Expect("200", "UNSUB s");
        await alice.Expect("481", "UNSUB s");
    }

    [Check("SUB-05")]
    public static async Task Too_brief(Scene scene)
    {
        var (bob, alice) = await Friends(scene);
        var refused = await alice.Expect("423 interval-too-brief", $"SUB {bob}/status id=s expires=5");
        if (!int.TryParse(refused["min"], out var least))
            throw alice.Failed("min=", $"{refused}");
        var granted = await alice.Expect("200", $"SUB {bob}/status id=s expires={least}");
        if (!int.TryParse(granted["expires"], out _))
            throw alice.Failed("expires= with the granted time", $"{granted}");
    }

    [Check("SUB-06", Slow = true, Limit = 200)]
    public static async Task It_ends_without_refresh(Scene scene)
    {
        var (bob, alice) = await Friends(scene);
        var refused = await alice.Ask($"SUB {bob}/status id=s expires=1");
        var seconds = refused["min"] is { } least ? int.Parse(least) : 1;
        await alice.Expect("200", $"SUB {bob}/status id=s expires={seconds}");
        await alice.Notify("s");
        Frame? end = null;
        for (var waited = 0; end is null && waited < seconds + 30; waited += 10)
        {
            end = await alice.Next(TimeSpan.FromSeconds(10));
            end = end?["state"] == "terminated" ? end : null;
        }

        if (end?["why"] != "timeout")
            throw alice.Failed($"NOTIFY with state=terminated why=timeout after {seconds} s", $"{end}");
        await alice.Expect("481", "UNSUB s");
    }

    [Check("SUB-07")]
    public static async Task Subscriptions_outlive_sessions(Scene scene)
    {
        var (bob, alice) = await Friends(scene);
        await Scene.Watch(alice, bob, "lasting");
        await Scene.Watch(alice, bob, "passing", "scope=session");
        await alice.Expect("221", "QUIT");
        await alice.Closed();
        var again = await scene.Connected(alice.User!, "ep=again");
        await Scene.Show(bob, "away");
        await again.Notify("lasting", "away");
        await again.Never("NOTIFY of a subscription with scope=session", e => e["id"] == "passing");
        await again.Expect("481", "UNSUB passing");
        await again.Expect("200", "UNSUB lasting");
    }

    [Check("SUB-08")]
    public static async Task Quick_changes_are_put_together(Scene scene)
    {
        var (bob, alice) = await Friends(scene);
        await Scene.Watch(alice, bob, "s");
        // Out of the shadow of the publication before.
        await alice.Never("NOTIFY without a change", e => e["id"] == "s", 300);
        var ep = bob.Bound!["ep"];
        var began = Stopwatch.GetTimestamp();
        var first = await bob.Post($"SET ~/ep/{ep}/status val=away");
        var second = await bob.Post($"SET ~/ep/{ep}/status val=dnd");
        await bob.Answer(first, "200");
        await bob.Answer(second, "200");
        if (Stopwatch.GetElapsedTime(began).TotalMilliseconds > 100)
            throw new NotApplicableException("two requests took more than 100 ms on this connection");
        await alice.Never("NOTIFY of an older value after that of the newer", e => e["id"] == "s" && e["val"] == "online", 500);
        var told = alice.Waiting("NOTIFY").Select(e => e["val"]).ToList();
        if (told.Count is 0 or > 2 || told[^1] != "dnd")
            throw alice.Failed("one or two NOTIFYs, the last one with val=dnd", $"{told.Count}: {string.Join(", ", told)}");
    }

    [Check("SUB-09")]
    public static async Task An_interval_is_kept(Scene scene)
    {
        var (bob, alice) = await Friends(scene);
        await Scene.Watch(alice, bob, "s", "min=10");
        var began = Stopwatch.GetTimestamp();
        foreach (var value in (string[])["away", "dnd", "xa"])
        {
            await Scene.Show(bob, value);
            await alice.Never("NOTIFY within 10 s of the one before (min=10)", e => e["id"] == "s", 1000);
        }

        Frame? got = null;
        while (got?["val"] != "xa" && Stopwatch.GetElapsedTime(began).TotalSeconds < 16)
        {
            got = await alice.Next(TimeSpan.FromSeconds(16));
            if (got?["id"] == "s" && Stopwatch.GetElapsedTime(began).TotalSeconds < 9)
                throw alice.Failed("no NOTIFY within 10 s of the one before (min=10)", $"{got}");
        }

        if (got?["val"] != "xa")
            throw alice.Failed("the last value, xa, after the interval", $"{got}");
    }

    [Check("SUB-10")]
    public static async Task Versions_of_a_subscription_do_not_fall(Scene scene)
    {
        var (bob, alice) = await Friends(scene);
        var last = long.Parse((await Scene.Watch(alice, bob, "s"))["ver"] ?? "0");
        string[] values = ["away", "dnd", "chat", "busy", "xa", "online", "away", "final"];
        foreach (var value in values)
        {
            await Scene.Show(bob, value);
            await alice.Never("x", _ => false, 60);
        }

        for (var value = ""; value != "final";)
        {
            var told = await alice.Notify("s");
            value = told["val"];
            if (!long.TryParse(told["ver"], out var version) || version <= last)
                throw alice.Failed($"a version above {last}", $"{told}");
            last = version;
        }
    }

    [Check("SUB-11")]
    public static async Task A_node_that_goes_takes_them_along(Scene scene)
    {
        var (bob, alice) = await Friends(scene);
        await Scene.Watch(alice, bob, "s");
        await scene.Remove(bob.User!);
        var end = await alice.Event("NOTIFY", e => e["id"] == "s" && e["state"] is not null, "with id=s state=terminated");
        if (end["state"] != "terminated" || end["why"] != "noresource")
            throw alice.Failed("NOTIFY with state=terminated why=noresource", $"{end}");
    }

    [Check("SUB-12")]
    public static async Task The_owner_sees_who_is_interested(Scene scene)
    {
        var (bob, alice) = await Friends(scene);
        await Scene.Watch(alice, bob, "s");
        await alice.Expect("200", $"GET {bob}/status");
        var (carol, dan, eve) = (await scene.Connected("carol"), await scene.Connected("dan"), await scene.Connected("eve"));
        await carol.Expect("202", $"SUB {bob}/status id=c expires=3600");
        await dan.Expect("202", $"SUB {bob}/status id=d expires=3600");
        await dan.Expect("200", "UNSUB d");
        await Scene.Approve(bob, eve);
        await Scene.Watch(eve, bob, "e");
        await bob.Expect("200", $"BLOCK ~ who={eve} mode=polite");
        var anon = await scene.Opened("anon");
        await bob.Expect("200", "SET ~/x.test.open val=1");
        await AccessChecks.Grant(bob, "~/x.test.open", "allow anon read");
        await anon.Ask($"GET {bob}/x.test.open");
        var open = await bob.Expect("200", "WATCHERS ~/x.test.open what=query");
        if (await AuthenticationChecks.LacksAnonymous(scene, bob))
            scene.Leave("queries of anon, whom the domain's policy excludes");
        else if (!open.Items.Any(item => item.Words[0] == "anon" && item["what"] == "query"))
            throw bob.Failed("a line anon with what=query", $"{open}");
        var list = await bob.Expect("200", "WATCHERS ~/status what=sub,query");
        foreach (var (who, key, value) in ((string, string, string)[])
            [($"{alice}", "state", "active"), ($"{alice}", "what", "query"), ($"{carol}", "state", "pending"),
                ($"{dan}", "state", "waiting"), ($"{eve}", "state", "blocked")])
        {
            if (!list.Items.Any(item => item.Words[0] == who && item[key] == value))
                throw bob.Failed($"a line {who} with {key}={value}", list.BodyText);
        }
    }

    [Check("SUB-13")]
    public static async Task Questions_wait_for_the_owner(Scene scene)
    {
        var bob = await scene.User("bob");
        var alice = await scene.Connected("alice");
        await alice.Expect("202", $"SUB {bob}/status id=s expires=3600");
        var link = await scene.Connected(bob);
        await link.Event("WATCHER", e => e["who"] == $"{alice}" && e["state"] == "pending", $"who={alice} state=pending");
    }

    [Check("SUB-14")]
    public static async Task Unknown_ids(Scene scene)
    {
        var alice = await scene.Connected("alice");
        await alice.Expect("481 no-such-transaction", "UNSUB never-was");
    }

    [Check("SUB-15")]
    public static async Task Nobody_is_told_without_asking(Scene scene)
    {
        var bob = await scene.Connected("bob");
        var alice = await scene.Online("alice");
        await Scene.Approve(bob, alice);
        var group = $"{Scene.Fresh("cf-g")}@{scene.Domain}";
        await bob.Expect("201", $"CREATE {group} kind=group join=open");
        await alice.Expect("200", $"JOIN {group}");
        await Scene.Show(bob, "online");
        await Scene.Show(bob, "away");
        await alice.Never("NOTIFY without a subscription", e => e.First == "NOTIFY");
        await bob.Ask($"DESTROY {group}");
    }

    /// <summary>Bob is online and lets alice watch him.</summary>
    private static async Task<(Link Bob, Link Alice)> Friends(Scene scene)
    {
        var bob = await scene.Online("bob");
        var alice = await scene.Connected("alice");
        await Scene.Approve(bob, alice);
        return (bob, alice);
    }
}
