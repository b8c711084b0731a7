using Presence.Conformance.Run;
using Presence.Conformance.Statements;
using Presence.Conformance.Wire;
using static Presence.Conformance.Checks.MessageChecks;

namespace Presence.Conformance.Checks;

/// <summary>GRP: groups and interest nodes. Groups are made anew and destroyed.</summary>
internal static class GroupChecks
{
    [Check("GRP-01")]
    public static async Task An_address_is_taken_once(Scene scene)
    {
        var (owner, group) = await Group(scene, "join=open");
        await owner.Expect("409 conflict", $"CREATE {group} kind=group");
        var bob = await scene.Connected("bob");
        await bob.Expect("409|403", $"CREATE {group} kind=group");
        await bob.Expect("409|403", $"CREATE {owner} kind=group");
        await bob.Expect("403|404|502", $"CREATE cf-x@elsewhere.invalid kind=group");
        await Gone(owner, group);
        scene.Leave("a user without right, which is the operator's policy; tried: another domain");
    }

    [Check("GRP-02")]
    public static async Task Joining_asks(Scene scene)
    {
        var (owner, group) = await Group(scene, "join=ask");
        var bob = await scene.Online("bob");
        var answer = await bob.Expect("202 pending", $"JOIN {group}");
        if (answer["state"] != "pending")
            throw bob.Failed("state=pending", $"{answer}");
        await Member(owner, bob, "pending");
        await owner.Expect("200", $"APPROVE {group} who={bob}");
        await Member(bob, bob, "member");
        await bob.Expect("200", $"MEMBERS {group}");
        await Gone(owner, group);
    }

    [Check("GRP-03")]
    public static async Task Closed_doors(Scene scene)
    {
        var bob = await scene.Online("bob");
        var (owner, invited) = await Group(scene, "join=invite");
        await bob.Expect("403 forbidden", $"JOIN {invited}");
        var closed = await Make(owner, scene, "join=closed");
        await bob.Expect("403 forbidden", $"JOIN {closed}");
        await Gone(owner, invited);
        await Gone(owner, closed);
    }

    [Check("GRP-04")]
    public static async Task Who_may_send(Scene scene)
    {
        var (owner, group) = await Group(scene, "join=open send=members");
        var (bob, carol) = (await scene.Online("bob"), await scene.Online("carol"));
        await bob.Expect("200", $"JOIN {group}");
        await carol.Expect("403 forbidden", $"SEND {group} mid=m1 type=text/plain", "hi");
        await Send(bob, group, "m2");
        await owner.Message("m2");
        var moderated = await Make(owner, scene, "join=open send=moderators");
        await bob.Expect("200", $"JOIN {moderated}");
        await bob.Expect("403 forbidden", $"SEND {moderated} mid=m3 type=text/plain", "hi");
        await Send(owner, moderated, "m4");
        await bob.Message("m4");
        await Gone(owner, group);
        await Gone(owner, moderated);
    }

    [Check("GRP-05")]
    public static async Task Who_may_see_the_members(Scene scene)
    {
        var (owner, group) = await Group(scene, "join=open list=members");
        List<Link> members = [owner];
        foreach (var role in (string[])["bob", "carol", "dan"])
        {
            members.Add(await scene.Connected(role));
            await members[^1].Expect("200", $"JOIN {group}");
        }

        var outsider = await scene.Connected("eve");
        await outsider.Expect("403 forbidden", $"MEMBERS {group}");
        List<string> seen = [];
        for (var after = ""; seen.Count < 20;)
        {
            var page = await owner.Expect("200", $"MEMBERS {group} max=2{after}");
            if (page.Items.Count > 2)
                throw owner.Failed("at most two lines with max=2", page.BodyText);
            seen.AddRange(page.Items.Select(item => item.Words[0]));
            if (page.Items.Count < 2)
                break;
            after = $" after={seen[^1]}";
        }

        var wanted = members.Select(member => $"{member}").Order(StringComparer.Ordinal);
        if (!seen.Order(StringComparer.Ordinal).SequenceEqual(wanted))
            throw owner.Failed($"each of {string.Join(", ", wanted)} once over all pages", string.Join(", ", seen));
        await Gone(owner, group);
    }

    [Check("GRP-06")]
    public static async Task Muted(Scene scene)
    {
        var (owner, group) = await Group(scene, "join=open send=members");
        var bob = await scene.Online("bob");
        await bob.Expect("200", $"JOIN {group}");
        await owner.Expect("200", $"JOIN {group} who={bob} role=muted");
        await bob.Expect("403 forbidden", $"SEND {group} mid=m1 type=text/plain", "hi");
        await Send(owner, group, "m2");
        await bob.Message("m2");
        await Gone(owner, group);
    }

    [Check("GRP-07")]
    public static async Task Banned(Scene scene)
    {
        var (owner, group) = await Group(scene, "join=open send=members list=members");
        var bob = await scene.Online("bob");
        await bob.Expect("200", $"JOIN {group}");
        await owner.Expect("200", $"BLOCK {group} who={bob}");
        await bob.Expect("403 forbidden", $"JOIN {group}");
        await bob.Expect("403 forbidden", $"SEND {group} mid=m1 type=text/plain", "hi");
        var members = await owner.Expect("200", $"MEMBERS {group}");
        if (members.Items.Any(item => item.Words[0] == $"{bob}" && item["role"] is not null))
            throw owner.Failed("no bob among the members", members.BodyText);
        await Gone(owner, group);
    }

    [Check("GRP-10")]
    public static async Task Classes_match_by_token(Scene scene)
    {
        var (games, sports) = (Scene.Fresh("games"), Scene.Fresh("sports"));
        var (bob, carol, alice) = (await scene.Online("bob"), await scene.Online("carol"), await scene.Connected("alice"));
        await bob.Expect("200", $"JOIN {scene.Domain}/interest/{games}.>");
        await carol.Expect("200", $"JOIN {scene.Domain}/interest/{games}.*");
        foreach (var topic in (string[])[$"{games}.chess.openings", $"{sports}.chess", $"{games}.chess"])
        {
            await alice.Expect(
                "202", $"SEND {scene.Domain}/interest/{topic} mid={topic} class={topic} type=text/plain", "hi");
        }

        await bob.Message($"{games}.chess.openings");
        await bob.Message($"{games}.chess");
        await carol.Message($"{games}.chess");
        await carol.Never("MSG of a class of three tokens for games.*", e => e["mid"] == $"{games}.chess.openings");
        await bob.Never("MSG of another class", e => e["mid"] == $"{sports}.chess", 100);
        await bob.Expect("200", $"LEAVE {scene.Domain}/interest/{games}.>");
        await carol.Expect("200", $"LEAVE {scene.Domain}/interest/{games}.*");
    }

    [Check("GRP-11")]
    public static async Task The_author_stays(Scene scene)
    {
        var (owner, group) = await Group(scene, "join=open send=members");
        var bob = await scene.Online("bob");
        await bob.Expect("200", $"JOIN {group}");
        await Send(bob, group, "m1");
        var got = await owner.Message("m1");
        if (got["from"] != $"{bob}" || got.Third != group)
            throw owner.Failed($"MSG {group} from={bob}", $"{got}");
        await Gone(owner, group);
    }

    [Check("GRP-12")]
    public static async Task Leaving_ends_delivery(Scene scene)
    {
        var (owner, group) = await Group(scene, "join=open send=members");
        var bob = await scene.Online("bob");
        await bob.Expect("200", $"JOIN {group}");
        for (var i = 0; i < 20; i++)
            await owner.Post($"SEND {group} mid=m{i} type=text/plain", "hi");
        await bob.Message("m0");
        await bob.Expect("200", $"LEAVE {group}");
        // What came before the answer is fair; nothing may follow it.
        foreach (var early in bob.Waiting("MSG").ToList())
            await bob.Message(early["mid"]!);
        await bob.Never("MSG after the answer to LEAVE", e => e.First == "MSG");
        await Gone(owner, group);
    }

    private static async Task<(Link Owner, string Group)> Group(Scene scene, string properties)
    {
        var owner = await scene.Online("owner");
        return (owner, await Make(owner, scene, properties));
    }

    private static async Task<string> Make(Link owner, Scene scene, string properties)
    {
        var group = $"{Scene.Fresh("cf-g")}@{scene.Domain}";
        await owner.Expect("201 created", $"CREATE {group} kind=group {properties}");
        return group;
    }

    private static Task<Frame> Gone(Link owner, string group) => owner.Expect("200", $"DESTROY {group}");

    private static Task<Frame> Member(Link told, Link who, string state) => told.Event(
        "MEMBER", e => e["who"] == $"{who}" && e["state"] == state, $"who={who} state={state}");
}
