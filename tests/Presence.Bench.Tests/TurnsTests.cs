using System.Net;
using Presence.Bench.Scenarios;

namespace Presence.Bench.Tests;

/// <summary>Who speaks when, for as long as a heat lasts.</summary>
public sealed class TurnsTests
{
    [Fact]
    public async Task The_heat_in_which_nothing_is_left_to_say_is_the_last_and_tells_nothing()
    {
        var told = new StringWriter { NewLine = "\n" };
        using var run = new BenchRun(
            new IPEndPoint(IPAddress.Loopback, 0), false, [], BenchOptions.Parse(["--seconds", "1"]), TextWriter.Null);
        var turns = new Turns(run, speakers: 1, times: 1, copies: 1, most: 2);
        run.Heats = new Heats(new StringReader("go\ngo\ngo\n"), told)
        {
            Report = () =>
            {
                // Between two heats nobody speaks: he waits for the next.
                Assert.Null(turns.Next(0));
                return "{}";
            },
        };
        await turns.Run(_ =>
        {
            Assert.NotNull(turns.Next(0));
            run.Tally.Deliver();
            if (turns.Taken[0] == turns.Most)
                Assert.Null(turns.Next(0));
        });
        await run.Heats.Tell();

        Assert.Equal([2], turns.Taken);
        Assert.Equal("ready\n{}\n", told.ToString());
        Assert.True(run.Tally.IsClean);
    }
}
