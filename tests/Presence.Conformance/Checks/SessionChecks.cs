using System.Diagnostics;
using System.Globalization;
using Presence.Conformance.Run;
using Presence.Conformance.Statements;

namespace Presence.Conformance.Checks;

/// <summary>SES: the life of a connection.</summary>
internal static class SessionChecks
{
    [Check("SES-01")]
    public static async Task The_server_speaks_first(Scene scene)
    {
        var link = await scene.Raw();
        var greeting = await link.Await("the greeting, unasked", _ => true);
        link.Must("220 ready", greeting, "the connection");
        if (greeting.Second != "0" || greeting["v"] is null || greeting["id"] is null)
            throw link.Failed("220 0 ready v= id=", $"{greeting}");
    }

    [Check("SES-02")]
    public static async Task HELLO_comes_first(Scene scene)
    {
        var link = await scene.Greeted();
        foreach (var request in (string[])["PING", "GET ~/status", "AUTH SCRAM-SHA-256", "BIND", "SEND a@b.example mid=1", "FROB"])
            await link.Expect("401 hello-first", request);
        await link.Expect("221", "QUIT");
        await link.Closed();
    }

    [Check("SES-03")]
    public static async Task The_highest_common_version_is_chosen(Scene scene)
    {
        var link = await scene.Greeted();
        var hello = await link.Expect("200", $"HELLO {scene.Domain} v=0.1,1.0,7.0 role=client");
        if (hello["v"] != "1.0")
            throw link.Failed("v=1.0, the highest common version", $"{hello}");
        var other = await scene.Greeted();
        var refused = await other.Expect("505 version", $"HELLO {scene.Domain} v=7.0,8.1 role=client");
        if (refused["v"] is null)
            throw other.Failed("v= with the versions spoken", $"{refused}");
        await other.Closed();
    }

    [Check("SES-04")]
    public static async Task Foreign_domains_are_all_the_same(Scene scene)
    {
        List<string> answers = [];
        foreach (var domain in (string[])["example.com", $"{Scene.Fresh("x")}.invalid", "mail.example.org"])
        {
            var link = await scene.Greeted();
            await link.Line($"HELLO 1 {domain} v=1.0 role=client");
            var answer = await link.Fatal("421 wrong-host");
            answers.Add($"{answer}");
            if (answers[0] != $"{answer}")
                throw link.Failed($"the same answer for every foreign domain, {answers[0]}", $"{answer}");
        }
    }

    [Check("SES-05", Over = Over.Tls)]
    public static async Task HELLO_and_SNI_agree(Scene scene)
    {
        var tcp = await scene.Target.OpenTcp(scene.Stop);
        Stream tls;
        try
        {
            tls = await scene.Target.Secure(tcp, "other.invalid", [new("pip/1")], scene.Stop);
        }
        catch (Exception exception) when (exception is IOException or System.Security.Authentication.AuthenticationException)
        {
            // An unknown name may already end the handshake.
            return;
        }

        var link = scene.Adopt(tls, "client");
        await link.Line($"HELLO 1 {scene.Domain} v=1.0 role=client");
        while (await link.Next(scene.Target.Patience) is { } frame)
        {
            if (frame.Is("220"))
                continue;
            link.Must("421 wrong-host", frame, "a HELLO that differs from the SNI name other.invalid");
            await link.Closed();
            return;
        }

        throw link.Failed("421 wrong-host and the end", "nothing");
    }

    /// <summary>Not with HTTP, which the same port may serve.</summary>
    [Check("SES-06", Over = Over.Tls)]
    public static async Task ALPN_is_needed(Scene scene)
    {
        foreach (var protocols in (List<System.Net.Security.SslApplicationProtocol>[])[[], [new("imap"), new("pip/9")]])
        {
            var tcp = await scene.Target.OpenTcp(scene.Stop);
            try
            {
                await using var tls = await scene.Target.Secure(tcp, scene.Domain, protocols, scene.Stop);
                // Under TLS 1.3 the client may be done before the server's refusal reaches it.
                var octets = new byte[256];
                var count = await tls.ReadAsync(octets, scene.Stop);
                if (count > 0)
                {
                    throw new CheckFailedException(
                        $"expected no service without ALPN pip/1 (offered: {(protocols.Count == 0 ? "nothing" : "imap, pip/9")}); got: "
                        + System.Text.Encoding.UTF8.GetString(octets, 0, count).TrimEnd());
                }
            }
            catch (Exception exception) when (exception is IOException or System.Security.Authentication.AuthenticationException)
            {
                // Refused, as it should be.
            }
        }
    }

    [Check("SES-07", Over = Over.Clear)]
    public static async Task Nothing_may_follow_STARTTLS(Scene scene)
    {
        await NeedStartTls(scene);
        var link = await scene.Greeted();
        await link.Raw("STARTTLS 1\r\nHELLO 2 localhost v=1.0\r\n");
        await link.Closed();
    }

    [Check("SES-08", Over = Over.Clear)]
    public static async Task STARTTLS_begins_anew(Scene scene)
    {
        await NeedStartTls(scene);
        var link = await scene.Opened();
        await link.Expect("200 begin-tls", "STARTTLS");
        var tls = await scene.Target.Secure(link.Stream, scene.Domain, [new("pip/1")], scene.Stop);
        var inner = await Scene.Greeted(scene.Adopt(tls, "inner"));
        await inner.Expect("401 hello-first", "PING");
        await scene.Opened(inner);
    }

    [Check("SES-09")]
    public static async Task Most_requests_need_a_login(Scene scene)
    {
        var link = await scene.Opened();
        foreach (var request in (string[])["GET ~/status", "SET ~/note val=x", "BIND ep=a", $"GET {scene.Domain}", "UNSUB a", "RESUME s-1 key=a seen=0"])
            await link.Expect("401 auth-required", request);
        await link.Expect("401 auth-required", $"SEND dave@{scene.Domain} mid=m1 type=text/plain", "hi");
        await link.Fence();
    }

    [Check("SES-10")]
    public static async Task BIND_once(Scene scene)
    {
        var alice = await scene.Connected("alice");
        await alice.Expect("405", "BIND ep=other");
        await alice.Fence();
    }

    [Check("SES-11")]
    public static async Task An_endpoint_name_is_bound_once(Scene scene)
    {
        var alice = await scene.Connected("alice", "ep=desk");
        var second = await scene.Authenticated(alice.User!);
        await second.Expect("409 conflict", "BIND ep=desk");
        await second.Expect("200", "BIND ep=desk take=yes");
        await alice.Fatal("421 replaced");
    }

    [Check("SES-12")]
    public static async Task QUIT_ends_the_session(Scene scene)
    {
        var alice = await scene.Online("alice", "ep=desk");
        var other = await scene.Connected(alice.User!, "ep=other");
        await Scene.Watch(other, alice, "s");
        await alice.Expect("221 bye", "QUIT");
        await alice.Closed();
        await other.Notify("s", "offline");
        var late = await scene.Authenticated(alice.User!);
        await late.Expect("410 session-gone", $"RESUME {alice.Bound!["sid"]} key={alice.Bound["key"] ?? "none"} seen=0");
    }

    [Check("SES-13", Slow = true, Limit = 400)]
    public static async Task Silence_ends_a_connection(Scene scene)
    {
        var silent = await scene.Connected("alice");
        var lively = await scene.Connected("bob");
        var idle = int.Parse(silent.Hello!["idle"] ?? "120", CultureInfo.InvariantCulture);
        var began = Stopwatch.GetTimestamp();
        // The lively one answers the server's PING because it is read from; the silent one does not even read.
        while (idle * 1.4 - Stopwatch.GetElapsedTime(began).TotalSeconds is > 0 and var left)
            await lively.Next(TimeSpan.FromSeconds(Math.Min(left, idle / 3.0)));
        await silent.Raw("", isShown: false);
        var octets = new byte[4096];
        while (await silent.Stream.ReadAsync(octets, scene.Stop) > 0)
        {
            // A PING of the server, and perhaps a 421.
        }

        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        if (seconds < idle * 1.45 || seconds > idle * 1.5 + 15)
            throw silent.Failed($"the end after {idle * 1.5:0} s of silence", $"the end after {seconds:0} s");
        await lively.Fence();
    }

    [Check("SES-14", Slow = true, Limit = 400)]
    public static async Task The_server_asks_for_life_with_tags_of_its_own(Scene scene)
    {
        var alice = await scene.Connected("alice");
        alice.AnswersPing = false;
        var idle = int.Parse(alice.Hello!["idle"] ?? "120", CultureInfo.InvariantCulture);
        var ping = await alice.Next(TimeSpan.FromSeconds(idle + 15));
        if (ping?.First != "PING" || !long.TryParse(ping.Second, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            throw alice.Failed($"PING with a tag after {idle} s of silence", $"{ping}");
        await alice.Line($"200 {ping.Second} pong");
        await alice.Fence();
    }

    [Check("SES-15")]
    public static async Task All_pipelined_requests_are_answered(Scene scene)
    {
        var alice = await scene.Connected("alice");
        var inflight = int.Parse(alice.Hello!["inflight"] ?? "64", CultureInfo.InvariantCulture);
        // Below the burst of the usual rate limit of 200.
        var count = Math.Min(inflight + 40, 180);
        foreach (var tag in Enumerable.Range(100, count))
            await alice.Line($"GET {tag} ~/x.test.none");
        foreach (var tag in Enumerable.Range(100, count))
            await alice.Answer(tag, "404|403");
    }

    [Check("SES-16")]
    public static async Task One_node_is_served_in_order(Scene scene)
    {
        var alice = await scene.Connected("alice");
        var bob = await scene.User("bob");
        for (var tag = 100; tag < 160; tag += 3)
        {
            await alice.Line($"SET {tag} ~/note val={tag}");
            await alice.Line($"GET {tag + 1} {bob}/status");
            await alice.Line($"GET {tag + 2} ~/note");
        }

        for (var tag = 100; tag < 160; tag += 3)
        {
            await alice.Answer(tag, "200");
            await alice.Answer(tag + 1);
            var note = await alice.Answer(tag + 2, "200");
            if (note["val"] != $"{tag}")
                throw alice.Failed($"request {tag + 2} to see what request {tag} wrote, val={tag}", $"{note}");
        }
    }

    private static async Task NeedStartTls(Scene scene)
    {
        var probe = await scene.Opened("probe");
        var answer = await probe.Ask("STARTTLS");
        if (!answer.Is("200"))
            throw new NotApplicableException($"STARTTLS is off, as it is by default (answer: {answer})");
    }
}
