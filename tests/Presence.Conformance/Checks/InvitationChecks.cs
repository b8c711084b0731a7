using Presence.Conformance.Run;
using Presence.Conformance.Statements;
using Presence.Conformance.Wire;
using static Presence.Conformance.Checks.MessageChecks;

namespace Presence.Conformance.Checks;

/// <summary>INV: invitations, forwarding, roaming.</summary>
internal static class InvitationChecks
{
    private const string Offer = "v=0\r\no=- 1 1 IN IP4 192.0.2.7\r\ns=-\r\nc=IN IP4 192.0.2.7\r\nt=0 0\r\nm=audio 49170 RTP/AVP 96";

    [Check("INV-01")]
    public static async Task All_ring_and_one_wins(Scene scene)
    {
        var (bob, alice) = await Callers(scene);
        var phone = await scene.Online(bob.User!, "ep=phone");
        await Invite(alice, bob, "i1");
        await Rings(bob, "i1");
        await Rings(phone, "i1");
        await bob.Expect("202", $"ANSWER {alice} inv=i1 code=180");
        await Answered(alice, "i1", "180");
        await phone.Expect("202", $"ANSWER {alice} inv=i1 code=200 type=application/sdp", Offer);
        var answer = await Answered(alice, "i1", "200");
        if (answer.BodyText != Offer)
            throw alice.Failed("the answer's body unchanged", $"{answer}");
        var cancel = await bob.Event("CANCEL", e => e["inv"] == "i1", "inv=i1");
        if (cancel["why"] != "answered-elsewhere")
            throw bob.Failed("why=answered-elsewhere", $"{cancel}");
        await phone.Never("CANCEL at the endpoint that answered", e => e.First == "CANCEL", 200);
        await bob.Expect("481", $"ANSWER {alice} inv=i1 code=200 type=application/sdp", Offer);
    }

    [Check("INV-02")]
    public static async Task Unknown_and_finished_invitations(Scene scene)
    {
        var (bob, alice) = await Callers(scene);
        await bob.Expect("481 no-such-transaction", $"ANSWER {alice} inv=never-was code=200");
        await Invite(alice, bob, "i1");
        await Rings(bob, "i1");
        await bob.Expect("202", $"ANSWER {alice} inv=i1 code=603");
        await Answered(alice, "i1", "603");
        await bob.Expect("481 no-such-transaction", $"ANSWER {alice} inv=i1 code=200");
        await alice.Expect("481 no-such-transaction", $"CANCEL {bob} inv=i1 why=bored");
    }

    [Check("INV-03")]
    public static async Task Nobody_answers(Scene scene)
    {
        var (bob, alice) = await Callers(scene);
        await Invite(alice, bob, "i1", "ttl=2");
        await Rings(bob, "i1");
        await Answered(alice, "i1", "408");
        await bob.Expect("481", $"ANSWER {alice} inv=i1 code=200");
    }

    [Check("INV-04")]
    public static async Task Offers_are_not_touched(Scene scene)
    {
        var (bob, alice) = await Callers(scene);
        foreach (var (type, body) in ((string, string)[])[("application/sdp", Offer), ("text/uri-list", "sip:alice@a.example\r\nhttps://meet.example/x\r\n")])
        {
            var inv = Scene.Fresh("i");
            await alice.Expect("202", $"INVITE {bob} inv={inv} ttl=20 type={type}", body);
            var got = await Rings(bob, inv);
            if (got["type"] != type || got.BodyText != body || got["from"] != $"{alice}")
                throw bob.Failed($"from={alice} type={type} and the same body", $"{got}");
        }
    }

    [Check("INV-05")]
    public static async Task Referred(Scene scene)
    {
        var (bob, alice) = await Callers(scene);
        var carol = await scene.User("carol");
        await bob.Expect("200", $"SET ~/forward val={carol} mode=refer");
        var moved = await alice.Expect("302 moved", $"SEND {bob} mid=m1 type=text/plain want=redirect", "hi");
        if (moved["to"] != $"{carol}")
            throw alice.Failed($"to={carol}", $"{moved}");
        await alice.Expect("202|480", $"SEND {bob} mid=m2 type=text/plain", "hi");
    }

    [Check("INV-06")]
    public static async Task Sent_on(Scene scene)
    {
        var (bob, alice) = await Callers(scene);
        var carol = await scene.Online("carol");
        await Scene.Approve(carol, alice);
        await Scene.Approve(carol, bob);
        await bob.Expect("200", $"SET ~/forward val={carol} mode=proxy");
        await Send(alice, bob, "m1");
        var got = await carol.Message("m1");
        if (got["from"] != $"{alice}")
            throw carol.Failed($"from={alice}, whoever sent it on", $"{got}");
        scene.Leave("via and hops, which stand between servers");
    }

    [Check("INV-07")]
    public static async Task Loops_end(Scene scene)
    {
        var (bob, alice) = await Callers(scene);
        var carol = await scene.Online("carol");
        foreach (var (owner, friend) in ((Link, Link)[])[(carol, alice), (carol, bob), (bob, carol)])
            await Scene.Approve(owner, friend);
        await bob.Expect("200", $"SET ~/forward val={carol} mode=proxy");
        await carol.Expect("200", $"SET ~/forward val={bob} mode=proxy");
        var answer = await alice.Ask($"SEND {bob} mid=m1 type=text/plain want=delivered", "hi");
        if (!answer.Is("482"))
        {
            alice.Must("202|482", answer, "a message into a loop");
            var receipt = await alice.Event("RECEIPT", e => e["mid"] == "m1", "mid=m1 disp=failed");
            if (receipt["disp"] != "failed" || receipt["code"] is not (null or "482"))
                throw alice.Failed("RECEIPT disp=failed code=482", $"{receipt}");
        }

        scene.Leave("hops=0, which stands between servers");
    }

    [Check("INV-08", Limit = 120)]
    public static async Task A_leased_forward_ends(Scene scene)
    {
        var (bob, alice) = await Callers(scene);
        var carol = await scene.User("carol");
        var lease = 2;
        var set = await bob.Ask($"SET ~/forward val={carol} mode=refer lease={lease}");
        if (set.Is("423") && int.TryParse(set["min"], out lease))
            set = await bob.Ask($"SET ~/forward val={carol} mode=refer lease={lease}");
        bob.Must("200", set, "SET ~/forward with a lease");
        await alice.Expect("302", $"SEND {bob} mid=m1 type=text/plain want=redirect", "hi");
        await Task.WhenAll(alice.Linger(TimeSpan.FromSeconds(lease + 0.7)), bob.Linger(TimeSpan.FromSeconds(lease + 0.7)));
        await alice.Expect("202", $"SEND {bob} mid=m2 type=text/plain want=redirect", "hi");
        await bob.Message("m2");
    }

    [Check("INV-10")]
    public static async Task Contacts_stay_secret(Scene scene)
    {
        const string secret = "192.0.2.99";
        var (bob, alice) = await Callers(scene);
        await bob.Expect("200", $"SET ~/ep/{bob.Bound!["ep"]}/contact val=sip:bob@{secret}");
        await Invite(alice, bob, "i1");
        await Rings(bob, "i1");
        await bob.Expect("202", $"ANSWER {alice} inv=i1 code=180");
        var ringing = await Answered(alice, "i1", "180");
        await bob.Expect("200", "SET ~/privacy/p2p val=deny");
        foreach (var got in (Frame[])[ringing, await alice.Ask($"GET {bob}"), await alice.Ask($"LOCATE {bob}"),
            await alice.Ask($"GET {bob}/ep/{bob.Bound["ep"]}/contact")])
        {
            if ($"{got} {got.BodyText}".Contains(secret, StringComparison.Ordinal))
                throw alice.Failed("no contact address before acceptance", $"{got}");
        }
    }

    private static async Task<(Link Bob, Link Alice)> Callers(Scene scene)
    {
        var (bob, alice) = await Friends(scene);
        await Scene.Approve(alice, bob);
        return (bob, alice);
    }

    private static Task<Frame> Invite(Link caller, object callee, string inv, string more = "ttl=20") =>
        caller.Expect("202", $"INVITE {callee} inv={inv} {more} type=application/sdp", Offer);

    private static Task<Frame> Rings(Link link, string inv) => link.Event("INVITE", e => e["inv"] == inv, $"inv={inv}");

    private static Task<Frame> Answered(Link link, string inv, string code) =>
        link.Event("ANSWER", e => e["inv"] == inv && e["code"] == code, $"inv={inv} code={code}");
}
