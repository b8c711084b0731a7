using System.Diagnostics;
using Presence.Conformance.Run;
using Presence.Conformance.Statements;
using Presence.Conformance.Wire;
using static Presence.Conformance.Checks.MessageChecks;

namespace Presence.Conformance.Checks;

/// <summary>LIM: limits that one client can feel.</summary>
internal static class LimitChecks
{
    [Check("LIM-01", Slow = true, Limit = 180, Over = Over.Stream)]
    public static async Task A_slow_reader_is_cut(Scene scene)
    {
        var (bob, alice) = await Friends(scene);
        var body = new byte[60_000];
        Array.Fill(body, (byte)'x');
        var refused = false;
        for (var i = 0; i < 400 && !refused; i++)
        {
            var began = Stopwatch.GetTimestamp();
            var answer = await alice.Ask($"SEND {bob} mid=big{i} type=text/plain", body);
            if (answer.Is("429"))
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, scene.Stop);
            refused = answer.Is("480");
            if (Stopwatch.GetElapsedTime(began) > TimeSpan.FromSeconds(2))
                throw alice.Failed("other sessions to keep their latency", $"{answer} after {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s");
        }

        if (!refused)
            throw alice.Failed("480 once the bound of the reader's queue is reached", "24 MB taken over");
        await alice.Linger(TimeSpan.FromSeconds(40));
        Frame? last = null;
        try
        {
            while (last?.Is("421") != true)
                last = await bob.Next(TimeSpan.FromSeconds(10)) ?? throw bob.Failed("421 slow-reader", "nothing more");
        }
        catch (CheckFailedException) when (last?.Is("421") != true)
        {
            // The notice may be lost behind what the reader has not taken; that the connection ended is what counts.
            scene.Leave("the words 421 slow-reader, which did not get through");
        }

        await ResumeChecks.Resume(scene, bob, 0);
    }

    [Check("LIM-02", Slow = true, Limit = 60, Over = Over.Stream)]
    public static async Task A_slow_writer_is_cut(Scene scene)
    {
        var alice = await scene.Connected("alice");
        var began = Stopwatch.GetTimestamp();
        foreach (var octet in $"SET 100 ~/note val={new string('x', 60)}")
        {
            await alice.Raw($"{octet}", isShown: false);
            if (await Ended(alice))
                break;
        }

        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        if (seconds is < 15 or > 30)
            throw alice.Failed("the end 20 s after the first octet of a line", $"the end after {seconds:0} s");
    }

    [Check("LIM-03", Alone = true)]
    public static async Task Too_many_requests(Scene scene)
    {
        var alice = await scene.Connected("alice");
        Frame? answer = null;
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < 2000 && answer?.Is("429") != true; i += 20)
        {
            List<long> tags = [];
            for (var j = 0; j < 20; j++)
                tags.Add(await alice.Post("GET ~/x.test.none"));
            foreach (var tag in tags)
                answer = await alice.Answer(tag) is var next && next.Is("429") ? next : answer;
        }

        if (answer is null || !int.TryParse(answer["retry"], out var retry))
            throw alice.Failed("429 slow-down retry= after a burst", $"2000 answers in {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s, {answer}");
        alice.Must("429 slow-down", answer, "a burst");
        await Task.Delay(TimeSpan.FromSeconds(Math.Min(retry, 20)), TimeProvider.System, scene.Stop);
        await alice.Expect("404|403", "GET ~/x.test.none");
    }

    private static async Task<bool> Ended(Link link)
    {
        try
        {
            return await link.Next(TimeSpan.FromSeconds(1)) is { } frame && frame.IsResponse;
        }
        catch (CheckFailedException)
        {
            return true;
        }
    }
}
