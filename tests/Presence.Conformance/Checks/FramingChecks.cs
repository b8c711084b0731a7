using Presence.Conformance.Run;
using Presence.Conformance.Statements;
using Presence.Conformance.Wire;

namespace Presence.Conformance.Checks;

/// <summary>FRM: where a frame ends.</summary>
internal static class FramingChecks
{
    private static readonly string[] BadSizes = ["{05}", "{+5}", "{-1}", "{5 }", "{0x5}", "{}", "{5", "5}", "{99999999999}"];

    [Check("FRM-01", Over = Over.Stream)]
    public static async Task Both_line_ends_get_the_same_answer(Scene scene)
    {
        var alice = await scene.Connected("alice");
        await alice.Raw("GET 100 ~/note\n");
        await alice.Raw("GET 101 ~/note\r\n");
        var (bare, full) = (await alice.Answer(100), await alice.Answer(101));
        if ($"{bare}".Replace("100", "101", StringComparison.Ordinal) != $"{full}")
            throw alice.Failed($"the same answer after LF as after CR LF, {full}", $"{bare}");
    }

    [Check("FRM-02", Over = Over.Stream)]
    public static async Task A_CR_elsewhere_is_fatal(Scene scene)
    {
        foreach (var line in (string[])["GET\r 10 ~/note\r\n", "GET 10 ~/no\rte\r\n", "GET 10 ~/note\r\r\n"])
            await IsFatal(scene, line, "400 bad-frame");
    }

    [Check("FRM-03", Over = Over.Stream)]
    public static async Task A_control_character_is_fatal(Scene scene)
    {
        foreach (var octet in "\0\t\x1B\x7F")
            await IsFatal(scene, $"GET 10 ~/no{octet}te\r\n", "400 bad-frame");
    }

    [Check("FRM-04", Over = Over.Stream)]
    public static async Task Empty_lines_are_ignored(Scene scene)
    {
        var alice = await scene.Connected("alice");
        await alice.Raw(string.Concat(Enumerable.Repeat("\r\n", 500)) + new string('\n', 500), isShown: false);
        await alice.Fence();
        await alice.Raw("\r\n\n\r\n");
        await alice.Fence();
    }

    [Check("FRM-05")]
    public static async Task A_counted_body_is_delivered_exactly(Scene scene) => await Carries(scene, "12\r\n5"u8.ToArray());

    [Check("FRM-06", Over = Over.Stream)]
    public static async Task A_surplus_octet_is_fatal(Scene scene)
    {
        var bob = await scene.Connected("bob");
        await bob.Raw($"SET 100 ~/note type=text/plain {{5}}\r\n123456\r\nSET 101 ~/note val=smuggled\r\n");
        await bob.Fatal("400 bad-frame");
        await NoteIsNot(scene, bob, "smuggled");
        var again = await scene.Connected(bob.User!, "ep=third");
        await again.Raw("SET 100 ~/note type=text/plain {5}\r\n12345SET 101 ~/note val=smuggled\r\n");
        await again.Fatal("400 bad-frame");
        await NoteIsNot(scene, again, "smuggled");
    }

    [Check("FRM-07")]
    public static async Task An_empty_body_is_not_a_missing_one(Scene scene)
    {
        var alice = await scene.Connected("alice");
        await alice.Expect("200", "SET ~/x.test.empty type=text/plain", "");
        var got = await alice.Expect("200", "GET ~/x.test.empty");
        if (got.Body is not { Length: 0 } && got["val"] != "")
            throw alice.Failed("an empty value", $"{got}");
        await alice.Expect("400 bad-request", "SET ~/x.test.empty type=text/plain");
    }

    [Check("FRM-08", Over = Over.Stream)]
    public static async Task A_bad_size_is_fatal(Scene scene)
    {
        foreach (var size in BadSizes)
            await IsFatal(scene, $"SET 10 ~/note type=text/plain {size}\r\n", "400 bad-frame");
    }

    [Check("FRM-09", Over = Over.Stream)]
    public static async Task A_brace_elsewhere_is_fatal(Scene scene)
    {
        foreach (var line in (string[])["SET 10 ~/note val=a{b\r\n", "SET 10 ~/note val=a}b\r\n", "SET 10 ~/n{2} val=ab\r\n"])
            await IsFatal(scene, line, "400 bad-frame");
    }

    [Check("FRM-10")]
    public static async Task A_body_is_never_interpreted(Scene scene)
    {
        byte[] all = [.. Enumerable.Range(0, 256).Select(octet => (byte)octet)];
        await Carries(scene, [.. "\r\nQUIT 9\r\n{9}\nSET 10 ~/note val=x {9}\r\n\r"u8, .. all, .. "\r\n400 0 bad-frame\r\n"u8]);
    }

    [Check("FRM-11", Over = Over.Stream)]
    public static async Task The_longest_line_and_one_octet_more(Scene scene)
    {
        var alice = await scene.Connected("alice");
        var most = Limit(alice, "maxline");
        var line = "PING 100 x-pad=";
        await alice.Raw($"{line}{new string('x', most - line.Length - 2)}\r\n");
        await alice.Answer(100, "200 pong");
        // Without its end: the answer must come before the rest is read.
        await alice.Raw($"PING 101 x-pad={new string('x', most)}");
        await alice.Fatal("414");
        var early = await scene.Greeted();
        await early.Raw($"HELLO 1 {scene.Domain} v=1.0 agent={new string('x', 1024)}\r\n");
        await early.Fatal("414");
    }

    [Check("FRM-12", Over = Over.Stream)]
    public static async Task An_announced_body_is_refused_before_it_comes(Scene scene)
    {
        var alice = await scene.Connected("alice");
        await alice.Raw($"SET 100 ~/note type=text/plain {{{Limit(alice, "maxbody") + 1}}}\r\n");
        await alice.Fatal("413");
        var huge = await scene.Connected(alice.User!, "ep=other");
        await huge.Raw("SET 100 ~/note type=text/plain {2147483647}\r\n");
        await huge.Fatal("413");
        var early = await scene.Greeted();
        await early.Raw($"HELLO 1 {scene.Domain} v=1.0 {{8193}}\r\n");
        await early.Fatal("413");
    }

    [Check("FRM-13", Over = Over.Stream)]
    public static async Task Octet_by_octet_is_the_same(Scene scene)
    {
        var alice = await scene.Connected("alice");
        var octets = "SET 100 ~/x.test.v type=text/plain {7}\r\na\r\n{1}\n\r\n\r\nGET 101 ~/x.test.v\nPING 102\r\n"u8.ToArray();
        foreach (var octet in octets)
            await alice.Write(new[] { octet });
        await alice.Answer(100, "200");
        var got = await alice.Answer(101, "200");
        if (got.BodyText != "a\r\n{1}\n")
            throw alice.Failed("the body that was sent octet by octet", $"{got}");
        await alice.Answer(102, "200 pong");
    }

    [Check("FRM-14", Over = Over.Stream)]
    public static async Task Two_frames_in_one_segment_and_one_in_many(Scene scene)
    {
        var alice = await scene.Connected("alice");
        await alice.Raw("PING 100\r\nPING 101\nSET 102 ~/note type=text/plain {3}\r\na\nb\r\nPING 103\r\n");
        foreach (var tag in Enumerable.Range(100, 4))
            await alice.Answer(tag, "200");
        foreach (var part in (string[])["SE", "T 10", "4 ~/note type=text/plain {3", "}\r", "\nab", "c", "\r", "\n"])
        {
            await alice.Raw(part);
            await alice.Stream.FlushAsync();
        }

        await alice.Answer(104, "200");
    }

    [Check("FRM-15", Over = Over.Stream)]
    public static async Task Nothing_is_read_after_a_fatal_error(Scene scene)
    {
        var alice = await scene.Connected("alice");
        await alice.Raw("GET 100 ~/no\tte\r\nSET 101 ~/note val=late\r\nPING 102\r\n");
        await alice.Fatal("400 bad-frame");
        await NoteIsNot(scene, alice, "late");
    }

    private static async Task IsFatal(Scene scene, string octets, string wanted)
    {
        var link = await scene.Opened();
        await link.Raw(octets);
        await link.Fatal(wanted);
    }

    /// <summary>What is sent to oneself comes back octet for octet.</summary>
    private static async Task Carries(Scene scene, byte[] body)
    {
        var alice = await scene.Online("alice");
        var mid = Scene.Fresh("m");
        await alice.Expect("202", $"SEND {alice} mid={mid} type=application/octet-stream", body);
        var got = await alice.Message(mid);
        if (got.Body is null || !got.Body.AsSpan().SequenceEqual(body))
            throw alice.Failed($"the same {body.Length} octets of body", $"{got}: {Convert.ToHexString(got.Body ?? [])}");
        await alice.Fence();
    }

    private static async Task NoteIsNot(Scene scene, Link former, string text)
    {
        var link = await scene.Connected(former.User!, $"ep={Scene.Fresh("e")}");
        var note = await link.Ask("GET ~/note");
        if (note["val"] == text)
            throw link.Failed("what stands after a fatal error not to be executed", $"{note}");
    }

    private static int Limit(Link link, string name) =>
        int.TryParse(link.Hello![name], out var limit) ? limit : throw link.Failed($"{name}= in the answer to HELLO", $"{link.Hello}");
}
