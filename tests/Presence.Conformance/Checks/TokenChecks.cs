using Presence.Conformance.Run;
using Presence.Conformance.Statements;
using Presence.Conformance.Wire;

namespace Presence.Conformance.Checks;

/// <summary>TOK: what stands on a line.</summary>
internal static class TokenChecks
{
    [Check("TOK-01")]
    public static async Task Exactly_one_space(Scene scene)
    {
        var alice = await scene.Connected("alice");
        foreach (var line in (string[])["GET §  ~/note", "GET § ~/note ", " GET § ~/note", "SET § ~/note  val=x"])
            await alice.Answer(await alice.PostRaw($"{line}\r\n"), "400 bad-request");

        await alice.Fence();
        await alice.Raw("GET  ~/note\r\n");
        await alice.Fatal("400 bad-frame");
    }

    [Check("TOK-02")]
    public static async Task Verbs_are_capital_letters(Scene scene)
    {
        var alice = await scene.Connected("alice");
        foreach (var verb in (string[])["get", "Get", "gET"])
            await alice.Answer(await alice.PostRaw($"{verb} § ~/note\r\n"), "400 bad-request");
    }

    [Check("TOK-03")]
    public static async Task Tags_are_plain_numbers(Scene scene)
    {
        foreach (var tag in (string[])["05", "+5", "-5", "5a", "x", "1234567890123456789"])
        {
            var link = await scene.Opened();
            await link.Raw($"PING {tag}\r\n");
            link.Must("400", await link.Await("400", frame => frame.IsResponse), $"PING {tag}");
        }
    }

    [Check("TOK-04")]
    public static async Task A_parameter_stands_once(Scene scene)
    {
        var alice = await scene.Connected("alice");
        foreach (var twice in (string[])["val=a val=b", "val=a !val=a", "!val=a val=a", "val=a x-y=1 x-y=1"])
            await alice.Expect("400 bad-request", $"SET ~/note {twice}");
        await alice.Fence();
        await alice.Expect("403|404", "GET ~/note");
    }

    [Check("TOK-05")]
    public static async Task Unknown_parameters_are_ignored(Scene scene)
    {
        var alice = await scene.Connected("alice");
        await alice.Expect("200", "SET ~/note val=a colour=blue x-private=1 a1-b=");
        await HasNote(alice, "a");
    }

    [Check("TOK-06")]
    public static async Task Unknown_critical_parameters_stop_the_request(Scene scene)
    {
        var alice = await scene.Connected("alice");
        await alice.Expect("200", "SET ~/note val=a");
        var refused = await alice.Expect("420 bad-extension", "SET ~/note val=b !seal-with=pq1");
        if (refused["param"] != "seal-with")
            throw alice.Failed("param=seal-with", $"{refused}");
        await HasNote(alice, "a");
        await alice.Expect("200", "SET ~/note !val=c");
        await HasNote(alice, "c");
    }

    [Check("TOK-07")]
    public static async Task Values_are_decoded_once(Scene scene)
    {
        var alice = await scene.Connected("alice");
        foreach (var (written, meant) in ((string, string)[])
            [("a%20b", "a b"), ("%7B%7D", "{}"), ("%25", "%"), ("%2520", "%20"), ("100%2525", "100%25"), ("Z%C3%BCrich", "Zürich")])
        {
            await alice.Expect("200", $"SET ~/note val={written}");
            await HasNote(alice, meant);
        }
    }

    [Check("TOK-08")]
    public static async Task Escapes_have_two_capital_digits(Scene scene)
    {
        var alice = await scene.Connected("alice");
        foreach (var value in (string[])["%0a", "%", "%G0", "x%2", "%2g", "%%20"])
            await alice.Expect("400 bad-request", $"SET ~/note val={value}");
        await alice.Fence();
    }

    [Check("TOK-09")]
    public static async Task Values_are_UTF8(Scene scene)
    {
        var alice = await scene.Connected("alice");
        // Overlong, a surrogate, beyond U+10FFFF, cut short, a lone continuation.
        string[] bad = ["\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xC3", "\x80", "\xFF"];
        foreach (var octets in bad)
        {
            await alice.Answer(await alice.PostRaw($"SET § ~/note val={octets}\r\n"), "400 bad-request");
            var encoded = string.Concat(octets.Select(octet => $"%{(int)octet:X2}"));
            await alice.Answer(await alice.PostRaw($"SET § ~/note val={encoded}\r\n"), "400 bad-request");
        }

        await alice.Expect("200", "SET ~/note val=fine");
    }

    [Check("TOK-10")]
    public static async Task No_NUL_in_a_value(Scene scene)
    {
        var alice = await scene.Connected("alice");
        await alice.Expect("400 bad-request", "SET ~/note val=a%00b");
        await alice.Fence();
    }

    [Check("TOK-11")]
    public static async Task Empty_is_a_value(Scene scene)
    {
        var alice = await scene.Connected("alice");
        await alice.Expect("200", "SET ~/note val=");
        await HasNote(alice, "");
        await alice.Expect("400 bad-request", "SET ~/note");
        await HasNote(alice, "");
    }

    [Check("TOK-12")]
    public static async Task Unknown_verbs_are_answered(Scene scene)
    {
        var alice = await scene.Connected("alice");
        await alice.Expect("501 not-implemented", $"FROB {alice}");
        await alice.Expect("501 not-implemented", $"FROB {alice} type=text/plain", "PING 1\r\n");
        await alice.Expect("501 not-implemented", "XPRIVATE");
        await alice.Fence();
    }

    [Check("TOK-14")]
    public static async Task At_most_32_parameters(Scene scene)
    {
        var alice = await scene.Connected("alice");
        await alice.Expect("200 pong", $"PING {Parameters(32)}");
        await alice.Expect("431 too-many", $"PING {Parameters(33)}");
        await alice.Fence();
    }

    private static string Parameters(int count) => string.Join(' ', Enumerable.Range(1, count).Select(i => $"x-p{i}=1"));

    private static async Task HasNote(Link link, string value)
    {
        var note = await link.Expect("200", "GET ~/note");
        if (note["val"] != value)
            throw link.Failed($"the note to be \"{value}\"", $"{note}");
    }
}
