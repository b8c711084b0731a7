using System.Globalization;
using Presence.Conversations.Tests.Node;
using Presence.Federation.Process.Tests.Node;

namespace Presence.Federation.Process.Tests;

/// <summary>
/// Several people of one domain write to as many of the other, all at once, over the one connection between them: what each
/// gets is in order and complete (docs/decisions/0077).
/// </summary>
[Collection("two processes")]
public sealed class LinkLoadTests(TwoProcesses domains, ITestOutputHelper output)
{
    private const int Window = 32;

    /// <summary>Messages of each pair; <c>PRESENCE_MESSAGES=5000</c> measures what a link carries.</summary>
    private static readonly int Messages = Number("PRESENCE_MESSAGES", 50);

    private static readonly int Pairs = Number("PRESENCE_PAIRS", 4);

    /// <summary>A measurement is of the link, not of the limits for people.</summary>
    internal static string[] Settings { get; } = Messages <= 50 ? [] :
    [
        "--Presence:Sessions:RequestsPerSecond=1000000",
        "--Presence:Sessions:RequestBurst=1000000",
        "--Presence:Federation:Links:RequestsPerSecond=1000000",
        "--Presence:Federation:Links:RequestBurst=1000000",
        "--Presence:Federation:Links:PersonRequestsPerSecond=1000000",
        "--Presence:Federation:Links:PersonRequestBurst=1000000",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_goes_to_one_person_arrives_in_order_however_much_goes_to_others()
    {
        await using var host = new ProcessHost(domains);
        var talks = new List<(Asker From, Asker To, string Name)>();
        for (var n = 0; n < Pairs; n++)
        {
            await host.CreateUser($"teller{n}x", "wonderland", Cancel);
            await host.CreateUser($"hearer{n}x@b.example", "wonderland", Cancel);
            var hearer = await Asker.LogIn(host, Cancel, $"hearer{n}x@b.example:wonderland");
            Assert.Contains(" ok ver=", await hearer.Ask($"APPROVE {{0}} ~ who=teller{n}x@a.example"), StringComparison.Ordinal);
            talks.Add((await Asker.LogIn(host, Cancel, $"teller{n}x:wonderland"), hearer, $"hearer{n}x@b.example"));
        }

        var began = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(talks.SelectMany(talk => new[] { Tell(talk.From, talk.Name), Hear(talk.To) }));

        var took = TimeProvider.System.GetElapsedTime(began);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Pairs} pairs, {Pairs * Messages} messages in {took.TotalSeconds:0.00} s: {Pairs * Messages / took.TotalSeconds:0} messages/s"));
    }

    private static async Task Tell(Asker teller, string to)
    {
        for (var n = 1; n <= Messages + Window; n++)
        {
            if (n <= Messages)
                await teller.Send($"SEND {{0}} {to} mid=m{n} type=text/plain", "hello"u8.ToArray());
            if (n > Window)
                Assert.Contains(" accepted", (await teller.Next()).Line, StringComparison.Ordinal);
        }
    }

    private static async Task Hear(Asker hearer)
    {
        for (var n = 1; n <= Messages; n++)
        {
            var line = await hearer.Next("MSG ");
            Assert.Contains($" mid=m{n} ", line, StringComparison.Ordinal);
            if (n % Window == 0)
                await hearer.Say($"ACK {line.Split(' ')[1]}");
        }
    }

    private static int Number(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), out var number) ? number : otherwise;
}
