using System.Security.Cryptography;
using Presence.Conformance.Run;
using Presence.Conformance.Statements;
using Presence.Conformance.Wire;

namespace Presence.Conformance.Checks;

/// <summary>MSG: messages and receipts.</summary>
internal static class MessageChecks
{
    private const string Cpim =
        "From: <im:a@a.example>\r\nTo: <im:b@b.example>\r\n\r\nContent-type: text/html; charset=utf-8\r\n\r\n<p>see <b>you</b></p>";

    [Check("MSG-01")]
    public static async Task All_or_the_best(Scene scene)
    {
        var (bob, alice) = await Friends(scene);
        var phone = await scene.Online(bob.User!, "ep=phone prio=5");
        var shy = await scene.Online(bob.User!, "ep=shy prio=-1");
        var hidden = await scene.Connected(bob.User!, "ep=hidden");
        await Send(alice, bob, "all");
        await bob.Message("all");
        await phone.Message("all");
        await Send(alice, bob, "best", "deliver=best");
        // A message to all behind it shows that it has arrived wherever it was to arrive.
        await Send(alice, bob, "end");
        await bob.Message("end");
        await phone.Message("end");
        var copies = Count(bob, "best") + Count(phone, "best");
        if (copies != 1)
            throw alice.Failed("deliver=best to reach exactly one endpoint", $"{copies}");
        await shy.Never("MSG to an endpoint with prio=-1", e => e.First == "MSG", 200);
        await hidden.Never("MSG to an endpoint that is offline", e => e.First == "MSG", 50);
        if (Count(bob, "all") + Count(phone, "all") > 0)
            throw bob.Failed("one copy at each endpoint", "two");
    }

    [Check("MSG-02")]
    public static async Task Only_those_who_may_know_learn_it(Scene scene)
    {
        var bob = await scene.Connected("bob");
        var (alice, carol) = (await scene.Connected("alice"), await scene.Connected("carol"));
        await Scene.Approve(bob, alice);
        await alice.Expect("480 unavailable", $"SEND {bob} mid=m1 type=text/plain", "hi");
        var offline = await carol.Expect("202 accepted", $"SEND {bob} mid=m1 type=text/plain", "hi");
        await Scene.Show(bob, "online");
        await Send(alice, bob, "m2");
        var online = await carol.Expect("202 accepted", $"SEND {bob} mid=m2 type=text/plain", "hi");
        if ($"{offline}".Replace(offline.Second, online.Second, StringComparison.Ordinal) != $"{online}")
            throw carol.Failed($"the same answer as while bob was offline, {offline}", $"{online}");
    }

    [Check("MSG-03")]
    public static async Task Content_is_not_touched(Scene scene)
    {
        var (bob, alice) = await Friends(scene);
        var octets = RandomNumberGenerator.GetBytes(4000);
        foreach (var (type, body) in ((string, byte[])[])
            [("text/plain;charset=utf-8", "Grüße\nzwei\r\n"u8.ToArray()), ("text/html", "<p>a\r\n</p> "u8.ToArray()),
                ("multipart/alternative;boundary=%22b%201%22", "--b 1\r\n\r\nx\r\n--b 1--\r\n"u8.ToArray()),
                ("message/cpim", System.Text.Encoding.UTF8.GetBytes(Cpim)), ("application/x-nobody-knows", octets),
                ("multipart/signed;protocol=%22application/pkcs7-signature%22;micalg=sha-256;boundary=b1", "--b1\r\nx\r\n--b1--"u8.ToArray()),
                ("application/pkcs7-mime;smime-type=enveloped-data;name=smime.p7m", octets)])
        {
            var mid = Scene.Fresh("m");
            await alice.Expect("202", $"SEND {bob} mid={mid} type={type}", body);
            var got = await bob.Message(mid);
            if (got["type"] != Uri.UnescapeDataString(type) || got.Body is null || !got.Body.AsSpan().SequenceEqual(body))
                throw bob.Failed($"type={type} and the same {body.Length} octets", $"{got}");
        }

        scene.Leave("an S/MIME signature over three hops");
    }

    [Check("MSG-04")]
    public static async Task The_sender_is_who_logged_in(Scene scene)
    {
        var (bob, alice) = await Friends(scene);
        await Send(alice, bob, "m1");
        var got = await bob.Message("m1");
        if (got["from"] != $"{alice}")
            throw bob.Failed($"from={alice}", $"{got}");
        await alice.Expect("403 forbidden", $"SEND {bob} from={bob} mid=m2 type=text/plain", "spoof");
        await bob.Never("MSG with a forged sender", e => e["mid"] == "m2");
    }

    [Check("MSG-05")]
    public static async Task Delivered_once(Scene scene)
    {
        var (bob, alice) = await Friends(scene);
        var phone = await scene.Online(bob.User!, "ep=phone");
        bob.Acknowledges = phone.Acknowledges = false;
        await Send(alice, bob, "m1", "want=delivered");
        var (first, second) = (await bob.Message("m1"), await phone.Message("m1"));
        await alice.Never("RECEIPT before an ACK", e => e.First == "RECEIPT", 200);
        await bob.Ack(first.Number);
        await Receipt(alice, "m1", "delivered");
        await phone.Ack(second.Number);
        await alice.Never("second RECEIPT", e => e.First == "RECEIPT");
        bob.Acknowledges = true;
        await Send(alice, bob, "m2");
        await bob.Message("m2");
        var carol = await scene.Connected("carol");
        await Send(carol, bob, "m3", "want=delivered");
        await bob.Message("m3");
        await alice.Never("RECEIPT that was not wanted", e => e["mid"] == "m2");
        await carol.Never("RECEIPT for a sender who may not read the status", e => e.First == "RECEIPT");
    }

    [Check("MSG-06")]
    public static async Task Displayed_is_the_clients_word(Scene scene)
    {
        var (bob, alice) = await Friends(scene);
        await Scene.Approve(alice, bob);
        await Send(alice, bob, "m1", "want=delivered,displayed");
        await bob.Message("m1");
        await Receipt(alice, "m1", "delivered");
        await bob.Expect("202", $"RECEIPT {alice} mid=m1 disp=displayed");
        await Receipt(alice, "m1", "displayed");
        var unknown = await bob.Ask($"RECEIPT {alice} mid=never-was disp=displayed");
        bob.Must("481|202", unknown, "a receipt for an unknown mid");
        var carol = await scene.Connected("carol");
        await carol.Ask($"RECEIPT {alice} mid=m1 disp=displayed");
        await alice.Never("RECEIPT for an unknown mid, or by somebody else", e => e.First == "RECEIPT");
    }

    [Check("MSG-08")]
    public static async Task Up_to_50_recipients(Scene scene)
    {
        var (bob, alice) = await Friends(scene);
        var many = string.Join(',', Enumerable.Range(1, 51).Select(i => $"cf-none{i}@{scene.Domain}"));
        await alice.Expect("431 too-many", $"SEND * to={many} mid=m1 type=text/plain", "hi");
        var twice = await alice.Expect("207 multi", $"SEND * to={bob},{bob} mid=m2 type=text/plain", "hi");
        if (twice.Items.Count != 1)
            throw alice.Failed("one line for an address that stands twice", twice.BodyText);
        await bob.Message("m2");
        await bob.Never("second copy", e => e["mid"] == "m2");
    }

    [Check("MSG-09")]
    public static async Task Each_recipient_has_a_line(Scene scene)
    {
        var (bob, alice) = await Friends(scene);
        var (carol, dan) = (await scene.Connected("carol"), await scene.User("dan"));
        await Scene.Approve(carol, alice);
        var answer = await alice.Expect("207 multi", $"SEND * to={bob},{carol},{dan} mid=m1 type=text/plain", "Lunch?");
        var lines = answer.Items.Select(item => $"{item.Words[0]} {item.Words.ElementAtOrDefault(1)}").Order(StringComparer.Ordinal);
        var wanted = ((string[])[$"{bob} 202", $"{carol} 480", $"{dan} 202"]).Order(StringComparer.Ordinal);
        if (!lines.SequenceEqual(wanted))
            throw alice.Failed($"the lines {string.Join(", ", wanted)}", answer.BodyText);
        await bob.Message("m1");
    }

    [Check("MSG-10")]
    public static async Task Copies_of_what_one_sends(Scene scene)
    {
        var (bob, alice) = await Friends(scene);
        var archive = await scene.Online(alice.User!, "ep=archive copy=yes");
        await Send(alice, bob, "m1");
        await bob.Message("m1");
        var copy = await archive.Message("m1");
        if (copy["from"] != $"{alice}")
            throw archive.Failed($"from={alice}", $"{copy}");
        await alice.Never("copy at an endpoint that did not ask for any", e => e["mid"] == "m1");
    }

    [Check("MSG-11")]
    public static async Task Do_not_disturb(Scene scene)
    {
        var (bob, alice) = await Friends(scene);
        await Scene.Show(bob, "dnd");
        await Send(alice, bob, "m1");
        await bob.Message("m1");
        var answer = await alice.Ask($"INVITE {bob} inv=i1 ttl=10 type=application/sdp", "v=0\r\n");
        if (!answer.Is("486"))
        {
            alice.Must("202|486", answer, "INVITE to somebody with dnd");
            await alice.Event("ANSWER", e => e["inv"] == "i1" && e["code"] == "486", "inv=i1 code=486");
        }

        await bob.Never("INVITE that disturbs", e => e.First == "INVITE");
    }

    [Check("MSG-12", Limit = 60)]
    public static async Task Composing_is_fleeting(Scene scene)
    {
        var (bob, alice) = await Friends(scene);
        const string type = "type=application/im-iscomposing%2Bxml";
        await alice.Expect("202", $"SEND {bob} mid=c1 {type} want=delivered,displayed", "<isComposing/>");
        await bob.Message("c1");
        await alice.Never("RECEIPT for a composing indication", e => e.First == "RECEIPT");
        bob.Acknowledges = false;
        await alice.Expect("202", $"SEND {bob} mid=c2 {type}", "<isComposing/>");
        await bob.Message("c2");
        await bob.Cut();
        var again = await scene.Authenticated(bob.User!);
        var resumed = await again.Ask($"RESUME {bob.Bound!["sid"]} key={bob.Bound["key"] ?? "none"} seen=0");
        if (!resumed.Is("200"))
        {
            again = await scene.Online(bob.User!, "ep=later");
            scene.Leave($"replay in a resumed session (RESUME was answered {resumed})");
        }

        await again.Never("composing indication that is replayed", e => e["mid"] is "c1" or "c2");
    }

    [Check("MSG-13")]
    public static async Task Machines_do_not_chat(Scene scene)
    {
        var (bob, alice) = await Friends(scene);
        var carol = await scene.Online("carol");
        await Scene.Approve(carol, alice);
        await Scene.Approve(carol, bob);
        await bob.Expect("200", $"SET ~/forward val={carol} mode=proxy");
        await Send(alice, bob, "m1");
        await carol.Message("m1");
        await alice.Ask($"SEND {bob} mid=m2 type=text/plain auto=yes", "I am away");
        await carol.Never("forwarded automatic message", e => e["mid"] == "m2");
        await alice.Never("automatic answer", e => e.First == "MSG", 100);
    }

    /// <summary>Sends two octets of text that are accepted.</summary>
    internal static Task<Frame> Send(Link from, object to, string mid, string more = "") =>
        from.Expect("202", $"SEND {to} mid={mid} type=text/plain {more}".TrimEnd(), "hi");

    /// <summary>Bob is online and lets alice see that and write to him.</summary>
    internal static async Task<(Link Bob, Link Alice)> Friends(Scene scene)
    {
        var bob = await scene.Online("bob");
        var alice = await scene.Online("alice");
        await Scene.Approve(bob, alice);
        return (bob, alice);
    }

    private static int Count(Link link, string mid) => link.Waiting("MSG").Count(e => e["mid"] == mid);

    private static Task<Frame> Receipt(Link link, string mid, string disposition) => link.Event(
        "RECEIPT", e => e["mid"] == mid && e["disp"] == disposition, $"mid={mid} disp={disposition}");
}
