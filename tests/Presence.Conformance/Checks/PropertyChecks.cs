using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Presence.Conformance.Run;
using Presence.Conformance.Statements;
using Presence.Conformance.Wire;

namespace Presence.Conformance.Checks;

/// <summary>PRP: values, versions, leases, composition.</summary>
internal static class PropertyChecks
{
    private static readonly XNamespace Pidf = "urn:ietf:params:xml:ns:pidf";

    [Check("PRP-01")]
    public static async Task What_is_set_is_got(Scene scene)
    {
        var alice = await scene.Connected("alice");
        var set = await alice.Expect("200", "SET ~/note val=hello");
        await Has(alice, "note", "hello", set["ver"]);
        set = await alice.Expect("200", "SET ~/photo type=image/png", "\x89PNG\r\n");
        var got = await alice.Expect("200", "GET ~/photo");
        if (got["ver"] != set["ver"] || got["type"] != "image/png" || got.BodyText != "\x89PNG\r\n")
            throw alice.Failed($"the same body, type=image/png ver={set["ver"]}", $"{got}");
    }

    [Check("PRP-02")]
    public static async Task A_guarded_write_loses(Scene scene)
    {
        var alice = await scene.Connected("alice");
        var first = (await alice.Expect("200", "SET ~/note val=one"))["ver"];
        var second = (await alice.Expect("200", "SET ~/note val=two"))["ver"];
        var lost = await alice.Expect("412 version-mismatch", $"SET ~/note val=three if={first}");
        if (lost["ver"] != second)
            throw alice.Failed($"ver={second}, the current version", $"{lost}");
        await Has(alice, "note", "two", second);
        await alice.Expect("412", $"DEL ~/note if={first}");
        await alice.Expect("200", $"SET ~/note val=three if={second}");
    }

    [Check("PRP-03")]
    public static async Task Not_modified(Scene scene)
    {
        var alice = await scene.Connected("alice");
        var set = await alice.Expect("200", "SET ~/note val=one");
        var got = await alice.Expect("304 not-modified", $"GET ~/note if-not={set["ver"]}");
        if (got["val"] is not null || got.Body is not null)
            throw alice.Failed("304 without value", $"{got}");
        await alice.Expect("200", "SET ~/note val=two");
        await alice.Expect("200", $"GET ~/note if-not={set["ver"]}");
    }

    [Check("PRP-04")]
    public static async Task Versions_increase(Scene scene)
    {
        var alice = await scene.Connected("alice");
        var last = 0L;
        for (var i = 0; i < 20; i++)
        {
            var request = i % 5 == 4 ? "DEL ~/note" : $"SET ~/note val={i % 3}";
            var changed = await alice.Expect("200", request);
            if (!long.TryParse(changed["ver"], out var version) || version <= last)
                throw alice.Failed($"a version above {last}", $"{changed}");
            last = version;
        }

        scene.Leave("after a restart and after fail-over");
    }

    [Check("PRP-05", Limit = 120)]
    public static async Task A_lease_ends(Scene scene)
    {
        var alice = await scene.Connected("alice");
        var lease = await Leased(alice, "SET ~/x.test.lamp val=on default=off", 2);
        await alice.Expect("200", $"SET ~/x.test.gone val=here lease={lease}");
        await alice.Expect("200", "SUB ~/x.test.lamp id=lamp expires=3600 scope=session");
        await alice.Notify("lamp", "on");
        await alice.Linger(TimeSpan.FromSeconds(lease));
        await alice.Notify("lamp", "off");
        await alice.Never("second NOTIFY of the end of one lease", e => e["id"] == "lamp");
        await Has(alice, "x.test.lamp", "off");
        await alice.Expect("404|403|410", "GET ~/x.test.gone");
    }

    [Check("PRP-06", Limit = 120)]
    public static async Task A_refreshed_lease_is_no_news(Scene scene)
    {
        var alice = await scene.Connected("alice");
        await Leased(alice, "SET ~/x.test.lamp val=on default=off", 60);
        await alice.Expect("200", "SUB ~/x.test.lamp id=lamp expires=3600 scope=session");
        await alice.Notify("lamp", "on");
        for (var i = 0; i < 3; i++)
            await alice.Expect("200", "SET ~/x.test.lamp val=on lease=60 default=off");
        await alice.Never("NOTIFY for a lease that is refreshed with an equal value", e => e["id"] == "lamp", 600);
        await alice.Expect("200", "SET ~/x.test.lamp val=dim lease=60 default=off");
        await alice.Notify("lamp", "dim");
    }

    [Check("PRP-07")]
    public static async Task All_or_nothing(Scene scene)
    {
        var alice = await scene.Connected("alice");
        await alice.Expect("200", "SET ~ type=text/pip-props", "note val=old\r\nmood val=calm\r\n");
        await alice.Expect("400", "SET ~ type=text/pip-props", "note val=new\r\nmood val=%GG\r\n");
        await alice.Expect("403|405|400", "SET ~ type=text/pip-props", "note val=new\r\nkind val=group\r\nmood val=wild\r\n");
        await Has(alice, "note", "old");
        await Has(alice, "mood", "calm");
        await alice.Expect("200", "SET ~ type=text/pip-props", "note val=new\r\nmood val=wild\r\n");
        await Has(alice, "mood", "wild");
    }

    [Check("PRP-08")]
    public static async Task A_container_shows_what_may_be_read(Scene scene)
    {
        var bob = await scene.Online("bob");
        var alice = await scene.Connected("alice");
        await bob.Expect("200", "SET ~ type=text/pip-props", "name val=Bob\r\nnote val=hi\r\nx.test.diary val=secret\r\n");
        await Shows(bob, "~", ["name", "note", "x.test.diary", "status"], []);
        await Shows(alice, $"{bob}", ["name"], ["note", "x.test.diary", "status"]);
        await Scene.Approve(bob, alice);
        await Shows(alice, $"{bob}", ["name", "note", "status"], ["x.test.diary", $"ep/{bob.Bound!["ep"]}/status"]);
    }

    [Check("PRP-09", Limit = 60)]
    public static async Task Values_are_limited(Scene scene)
    {
        var alice = await scene.Connected("alice");
        await alice.Expect("200", "SET ~/x.test.big type=text/plain", new string('x', 16_384));
        await alice.Expect("413", "SET ~/x.test.big type=text/plain", new string('y', 16_385));
        var present = (await alice.Expect("200", "GET ~")).Items.Count(item => item.Words[0] is { } path && !path.StartsWith("ep/", StringComparison.Ordinal));
        // Some properties that the server adds itself may count, so the exact number is not asked for.
        await alice.Expect("200", "SET ~ type=text/pip-props", Many(1, 240 - present));
        await alice.Expect("431 too-many", "SET ~ type=text/pip-props", Many(300, 257 - 240 + present));
        await alice.Expect("404|403", "GET ~/x.test.n300");
        await alice.Expect("200", "SET ~/x.test.n1 val=again");
        scene.Leave("that it is the 257th; tried: 240 pass, 257 do not");
    }

    [Check("PRP-10")]
    public static async Task Private_names_work(Scene scene)
    {
        var bob = await scene.Connected("bob");
        await bob.Expect("200", "SET ~/x.example.foo val=a%20b%2Cc");
        await bob.Expect("200", "SUB ~/x.example.foo id=foo expires=3600 scope=session");
        await bob.Notify("foo", "a b,c");
        await bob.Expect("200", "SET ~/x.example.foo val=new");
        await bob.Notify("foo", "new");
        await Has(bob, "x.example.foo", "new");
        await Shows(bob, "~", ["x.example.foo"], []);
    }

    [Check("PRP-11", Limit = 420)]
    public static async Task The_status_is_composed(Scene scene)
    {
        var alice = await scene.Connected("alice", "ep=one");
        await Status(alice, "offline");
        await Scene.Show(alice, "online");
        await Status(alice, "online");
        var two = await scene.Online(alice.User!, "ep=two prio=10");
        await Scene.Show(two, "dnd");
        await Status(alice, "dnd");
        var three = await scene.Connected(alice.User!, "ep=three prio=-1");
        await Scene.Show(three, "chat");
        await Status(alice, "dnd");
        await alice.Expect("200", "SET ~/status val=busy");
        await Status(alice, "busy");
        await Scene.Show(two, "away");
        await Status(alice, "busy");
        await alice.Expect("200", "DEL ~/status");
        await Status(alice, "away");
        if (!scene.IsSlow)
        {
            scene.Leave("none was active in the last 5 minutes, which needs --slow");
            return;
        }

        await Task.WhenAll(alice.Linger(TimeSpan.FromSeconds(305)), two.Linger(TimeSpan.FromSeconds(305)), three.Linger(TimeSpan.FromSeconds(305)));
        await Status(alice, "online");
    }

    [Check("PRP-12")]
    public static async Task An_unknown_word_counts_as_online(Scene scene)
    {
        var bob = await scene.Connected("bob");
        var alice = await scene.Connected("alice");
        await Scene.Approve(bob, alice);
        await Scene.Watch(alice, bob, "s");
        await Scene.Show(bob, "tinkering");
        await alice.Notify("s", "tinkering");
        await Status(bob, "tinkering");
        // Online enough to be sent a message.
        var mid = Scene.Fresh("m");
        await alice.Expect("202", $"SEND {bob} mid={mid} type=text/plain", "hi");
        await bob.Message(mid);
    }

    [Check("PRP-13")]
    public static async Task PIDF_shows_what_may_be_read(Scene scene)
    {
        var bob = await scene.Online("bob");
        var alice = await scene.Connected("alice");
        await bob.Expect("200", "SET ~/note val=in%20the%20garden");
        await bob.Expect("200", "SET ~/x.test.diary val=hidden-word");
        await Scene.Approve(bob, alice);
        var got = await alice.Expect("200", $"GET {bob} accept=application/pidf+xml");
        if (got["type"]?.StartsWith("application/pidf+xml", StringComparison.Ordinal) != true)
            throw alice.Failed("type=application/pidf+xml", $"{got}");
        if (got.BodyText.Contains("hidden-word", StringComparison.Ordinal) || !got.BodyText.Contains("in the garden", StringComparison.Ordinal))
            throw alice.Failed("a document with the note and without the unreadable property", got.BodyText);
        IsPidf(alice, got.BodyText);
    }

    /// <summary>The parts of the schema of RFC 3863 that a presence document must have.</summary>
    private static void IsPidf(Link link, string text)
    {
        XElement root;
        try
        {
            root = XElement.Parse(text);
        }
        catch (System.Xml.XmlException exception)
        {
            throw link.Failed($"well-formed XML ({exception.Message})", text);
        }

        if (root.Name != Pidf + "presence" || root.Attribute("entity") is null)
            throw link.Failed("a <presence entity=…> in the namespace of PIDF", text);
        foreach (var tuple in root.Elements(Pidf + "tuple"))
        {
            var basic = tuple.Element(Pidf + "status")?.Element(Pidf + "basic")?.Value;
            if (tuple.Attribute("id") is null || tuple.Element(Pidf + "status") is null || basic is not (null or "open" or "closed"))
                throw link.Failed("each <tuple id=…> with <status>, and <basic> open or closed in it", $"{tuple}");
        }
    }

    /// <summary>Sets with a lease, a longer one if the server insists. Gives the seconds.</summary>
    private static async Task<int> Leased(Link link, string request, int seconds)
    {
        var answer = await link.Ask($"{request} lease={seconds}");
        if (answer.Is("423") && int.TryParse(answer["min"], out var least))
            link.Must("200", await link.Ask($"{request} lease={seconds = least}"), request);
        else
            link.Must("200", answer, request);
        return seconds;
    }

    private static string Many(int first, int count) => string.Concat(
        Enumerable.Range(first, Math.Max(count, 0)).Select(i => string.Create(CultureInfo.InvariantCulture, $"x.test.n{i} val={i}\r\n")));

    private static async Task Has(Link link, string path, string value, string? version = null)
    {
        var got = await link.Expect("200", $"GET ~/{path}");
        if (got["val"] != value || (version is not null && got["ver"] != version))
            throw link.Failed($"val={value}{(version is null ? "" : $" ver={version}")}", $"{got}");
    }

    private static async Task Status(Link link, string value)
    {
        // Publication may wait for 100 ms; reading must settle within that.
        Frame? got = null;
        for (var attempt = 0; attempt < 10; attempt++)
        {
            got = await link.Expect("200", "GET ~/status");
            if (got["val"] == value)
                return;
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }

        throw link.Failed($"the composed status {value}", $"{got}");
    }

    private static async Task Shows(Link link, string node, string[] shown, string[] hidden)
    {
        var all = await link.Expect("200", $"GET {node}");
        var paths = all.Items.Select(item => item.Words[0]).ToHashSet(StringComparer.Ordinal);
        if (shown.FirstOrDefault(path => !paths.Contains(path)) is { } missing)
            throw link.Failed($"{missing} among the properties of {node}", Encoding.UTF8.GetString(all.Body ?? []));
        if (hidden.FirstOrDefault(paths.Contains) is { } surplus)
            throw link.Failed($"no {surplus} among the properties of {node}", Encoding.UTF8.GetString(all.Body ?? []));
    }
}
