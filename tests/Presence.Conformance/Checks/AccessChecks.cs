using Presence.Conformance.Run;
using Presence.Conformance.Statements;
using Presence.Conformance.Wire;
using static Presence.Conformance.Checks.MessageChecks;

namespace Presence.Conformance.Checks;

/// <summary>ACL-01 to ACL-09 and ACL-20: access lists, block and allow lists.</summary>
internal static class AccessChecks
{
    private const string Thing = "x.test.thing";
    private const string Body = "type=text/pip-acl";

    [Check("ACL-01")]
    public static async Task Each_right_stands_alone(Scene scene)
    {
        var (bob, alice) = await Strangers(scene);
        foreach (var right in (string[])["read", "sub", "write", "list", "acl"])
        {
            await Grant(bob, $"~/{Thing}", $"allow {alice} {right}");
            await Answers(alice, $"GET {bob}/{Thing}", right == "read");
            await Answers(alice, $"SUB {bob}/{Thing} id=s{right} expires=3600", right == "sub");
            await Answers(alice, $"SET {bob}/{Thing} val={right}", right == "write");
            await Answers(alice, $"WATCHERS {bob}/{Thing} what=sub", right == "list");
            await Answers(alice, $"GETACL {bob}/{Thing}", right == "acl");
        }

        await Grant(bob, "~/inbox", $"allow {alice} send");
        await Send(alice, bob, "m1");
        await bob.Message("m1");
        await alice.Expect("403", $"GET {bob}/status");
        await alice.Expect("403", $"INVITE {bob} inv=i1 ttl=10 type=application/sdp", "v=0\r\n");
    }

    [Check("ACL-02")]
    public static async Task The_most_specific_wins(Scene scene)
    {
        var (bob, alice) = await Strangers(scene);
        foreach (var (list, wanted) in ((string, string)[])
            [($"deny {alice} read\r\nallow *@{scene.Domain} read\r\nallow * read", "403"),
                ($"allow {alice} read\r\ndeny *@{scene.Domain} read\r\ndeny * read", "200"),
                ($"deny *@{scene.Domain} read\r\nallow * read", "403"),
                ($"allow *@{scene.Domain} read\r\ndeny * read", "200"),
                ($"allow {alice} read\r\ndeny {alice} read", "403"),
                ("allow anon read", "403")])
        {
            await Grant(bob, $"~/{Thing}", list);
            await alice.Expect(wanted, $"GET {bob}/{Thing}");
        }

        await Grant(bob, $"~/{Thing}", $"allow {alice} sub\r\nask {alice} sub");
        await alice.Expect("202 pending", $"SUB {bob}/{Thing} id=asked expires=3600");
        await Grant(bob, $"~/{Thing}", $"ask {alice} sub\r\ndeny {alice} sub");
        await alice.Expect("403", $"SUB {bob}/{Thing} id=denied expires=3600");
        await Grant(bob, "~/status", $"deny {alice} read,sub\r\npolite {alice} read,sub");
        var polite = await alice.Expect("200", $"GET {bob}/status");
        if (polite["val"] != "offline")
            throw alice.Failed("polite to win over deny, with val=offline", $"{polite}");
    }

    [Check("ACL-03")]
    public static async Task What_approval_opens(Scene scene)
    {
        var (bob, alice) = await Strangers(scene);
        var carol = await scene.Connected("carol");
        await bob.Expect("200", "SET ~ type=text/pip-props", "note val=hi\r\nmood val=calm\r\nplace val=home\r\n");
        await Scene.Approve(bob, alice);
        foreach (var open in (string[])["status", "note", "mood", "place"])
            await alice.Expect("200", $"GET {bob}/{open}");
        await Scene.Watch(alice, bob, "s");
        await Send(alice, bob, "m1");
        var got = await bob.Message("m1");
        if (got["request"] is not null)
            throw bob.Failed("no request=yes for an approved sender", $"{got}");
        foreach (var closed in (string[])[Thing, $"ep/{bob.Bound!["ep"]}/status"])
            await alice.Expect("403", $"GET {bob}/{closed}");
        await alice.Expect("403", $"SET {bob}/note val=mine");
        await carol.Expect("403", $"GET {bob}/status");
        await Inherits(bob, alice, carol);
    }

    [Check("ACL-04")]
    public static async Task An_entry_with_a_path(Scene scene)
    {
        var (bob, alice) = await Strangers(scene);
        foreach (var leaf in (string[])["open", "open/below", "openly", "shut"])
            await bob.Expect("200", $"SET ~/x.test.box/{leaf} val=1");
        await Grant(bob, "~/x.test.box", $"allow {alice} read path=x.test.box/open");
        await alice.Expect("200", $"GET {bob}/x.test.box/open");
        await alice.Expect("200", $"GET {bob}/x.test.box/open/below");
        await alice.Expect("403", $"GET {bob}/x.test.box/openly");
        await alice.Expect("403", $"GET {bob}/x.test.box/shut");
    }

    [Check("ACL-05")]
    public static async Task The_nearest_list_alone(Scene scene)
    {
        var (bob, alice) = await Strangers(scene);
        var carol = await scene.Connected("carol");
        await bob.Expect("200", "SET ~/x.test.box/leaf val=1");
        await Grant(bob, "~/x.test.box", $"allow {alice} read");
        await alice.Expect("200", $"GET {bob}/x.test.box/leaf");
        await Grant(bob, "~/x.test.box/leaf", $"allow {carol} read");
        await carol.Expect("200", $"GET {bob}/x.test.box/leaf");
        await alice.Expect("403", $"GET {bob}/x.test.box/leaf");
        // A list without entries is no list.
        await bob.Expect("200", $"SETACL ~/x.test.box/leaf {Body}", "");
        await alice.Expect("200", $"GET {bob}/x.test.box/leaf");
        await carol.Expect("403", $"GET {bob}/x.test.box/leaf");
    }

    [Check("ACL-06")]
    public static async Task Who_may_change_a_list(Scene scene)
    {
        var (bob, alice) = await Strangers(scene);
        await alice.Expect("403", $"SETACL {bob}/{Thing} {Body}", $"allow {alice} all\r\n");
        var first = await Grant(bob, $"~/{Thing}", $"allow {alice} acl");
        await alice.Expect("200", $"SETACL {bob}/{Thing} {Body}", $"allow {alice} acl,read\r\n");
        var stale = await bob.Expect("412", $"SETACL ~/{Thing} {Body} if={first["ver"]}", "allow * all\r\n");
        if (stale["ver"] is null)
            throw bob.Failed("ver= with the current version", $"{stale}");
        var list = await bob.Expect("200", $"GETACL ~/{Thing}");
        if (!list.BodyText.Contains($"allow {alice} ", StringComparison.Ordinal) || list["type"] != "text/pip-acl" || list["ver"] is null)
            throw bob.Failed($"ver= type=text/pip-acl and the list that alice set", $"{list}");
        await bob.Expect("200", $"SETACL ~/{Thing} {Body} if={list["ver"]}", $"deny {alice} all\r\n");
    }

    [Check("ACL-07")]
    public static async Task The_block_list_comes_first(Scene scene)
    {
        var (bob, alice) = await Friends(scene);
        await bob.Expect("200", $"SET ~/{Thing} val=1");
        await Grant(bob, $"~/{Thing}", $"allow {alice} all");
        await bob.Expect("200", $"ALLOW ~ who={alice}");
        await bob.Expect("200", $"BLOCK ~ who={alice} mode=explicit");
        foreach (var request in (string[])[$"GET {bob}/{Thing}", $"GET {bob}/status", $"SUB {bob}/status id=s expires=3600", $"SET {bob}/{Thing} val=2"])
            await alice.Expect("403", request);
        await alice.Expect("403", $"SEND {bob} mid=m1 type=text/plain", "hi");
        await bob.Ask($"BLOCK ~ who={bob}");
        await bob.Expect("200", $"GET ~/{Thing}");
        await bob.Expect("200", "SET ~/note val=still-mine");
        await Send(bob, bob, "self");
        await bob.Message("self");
    }

    [Check("ACL-08")]
    public static async Task Nobody_but(Scene scene)
    {
        var (bob, alice) = await Friends(scene);
        var carol = await scene.Online("carol");
        var mallory = await scene.Connected("mallory");
        await Scene.Approve(bob, carol);
        await bob.Expect("200", $"ALLOW ~ who={alice}");
        await bob.Expect("200", $"BLOCK ~ who={mallory} mode=explicit");
        var before = (await bob.Expect("200", "LISTS ~")).BodyText;
        await bob.Expect("200", "SET ~/privacy/mode val=only");
        await Reads(alice, bob, "online");
        await Reads(carol, bob, "offline");
        await carol.Expect("480", $"SEND {bob} mid=m1 type=text/plain", "hi");
        await carol.Expect("480|403", $"INVITE {bob} inv=i1 ttl=10 type=application/sdp", "v=0\r\n");
        await carol.Expect("200|202", $"SUB {bob}/status id=c expires=3600");
        await Send(alice, bob, "m2");
        await bob.Message("m2");
        await bob.Never("message from somebody off the allow list", e => e["from"] == $"{carol}");
        await bob.Expect("200", "SET ~/privacy/mode val=except");
        await Reads(carol, bob, "online");
        var after = (await bob.Expect("200", "LISTS ~")).BodyText;
        if (after != before)
            throw bob.Failed($"both lists as before, {before}", after);
        await mallory.Expect("403", $"GET {bob}/status");
    }

    [Check("ACL-09")]
    public static async Task Whole_domains(Scene scene)
    {
        var (bob, alice) = await Friends(scene);
        await bob.Expect("200", $"BLOCK ~ who=*@sub.{scene.Domain} mode=explicit");
        await bob.Expect("200", $"BLOCK ~ who=*@x{scene.Domain} mode=explicit");
        await Reads(alice, bob, "online");
        await bob.Expect("200", $"BLOCK ~ who=*@{scene.Domain} mode=explicit");
        await alice.Expect("403", $"GET {bob}/status");
        await bob.Expect("200", $"UNBLOCK ~ who=*@{scene.Domain}");
        await Reads(alice, bob, "online");
    }

    [Check("ACL-20")]
    public static async Task Members_by_name_of_their_group(Scene scene)
    {
        var (bob, alice) = await Strangers(scene);
        var group = $"{Scene.Fresh("cf-g")}@{scene.Domain}";
        await bob.Expect("201", $"CREATE {group} kind=group join=open");
        await Grant(bob, $"~/{Thing}", $"allow member:{group} read");
        await alice.Expect("403", $"GET {bob}/{Thing}");
        await alice.Expect("200", $"JOIN {group}");
        await alice.Expect("200", $"GET {bob}/{Thing}");
        await alice.Expect("200", $"LEAVE {group}");
        await alice.Expect("403", $"GET {bob}/{Thing}");
        await bob.Expect("200", $"DESTROY {group}");
    }

    /// <summary>Bob has a property; alice knows him by name only.</summary>
    internal static async Task<(Link Bob, Link Alice)> Strangers(Scene scene)
    {
        var bob = await scene.Online("bob");
        var alice = await scene.Online("alice");
        await bob.Expect("200", $"SET ~/{Thing} val=1");
        return (bob, alice);
    }

    internal static Task<Frame> Grant(Link owner, string place, string list) =>
        owner.Expect("200", $"SETACL {place} {Body}", $"{list}\r\n");

    private static Task<Frame> Answers(Link link, string request, bool isGranted) =>
        link.Expect(isGranted ? "200" : "403", request);

    private static async Task Reads(Link link, object whom, string status)
    {
        var got = await link.Expect("200", $"GET {whom}/status");
        if (got["val"] != status)
            throw link.Failed($"val={status}", $"{got}");
    }

    /// <summary>An approval below a list adds to that list and makes none of its own.</summary>
    private static async Task Inherits(Link bob, Link alice, Link carol)
    {
        await bob.Expect("200", "SET ~/x.test.box/leaf val=1");
        await bob.Expect("200", "SET ~/x.test.box/other val=2");
        await Grant(bob, "~/x.test.box", $"allow {carol} read");
        await bob.Expect("200", $"APPROVE ~/x.test.box/leaf who={alice} rights=read");
        await alice.Expect("200", $"GET {bob}/x.test.box/leaf");
        await alice.Expect("403", $"GET {bob}/x.test.box/other");
        await carol.Expect("200", $"GET {bob}/x.test.box/leaf");
        await Grant(bob, "~/x.test.box", $"deny {carol} read");
        await carol.Expect("403", $"GET {bob}/x.test.box/leaf");
        await alice.Expect("403", $"GET {bob}/x.test.box/leaf");
    }
}
