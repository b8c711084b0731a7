using Presence.Client;
using Presence.Federation.Process.Tests.Node;

namespace Presence.Federation.Process.Tests;

/// <summary>
/// Two people of two domains watch each other and write to each other while something breaks. When it is whole again each
/// sees what is, and every message that was accepted has arrived once, or its sender was told that it has not.
/// </summary>
[Collection("two processes")]
public sealed class HealingTests(TwoProcesses domains)
{
    private static readonly TimeSpan HealingTime = TimeSpan.FromSeconds(90);

    /// <summary>How long things are broken; <c>PRESENCE_BROKEN=60</c> for the long form, which breaks more of them.</summary>
    private static readonly TimeSpan Broken = TimeSpan.FromSeconds(
        int.TryParse(Environment.GetEnvironmentVariable("PRESENCE_BROKEN"), out var seconds) ? seconds : 3);

    private static readonly string[] Quick = [nameof(Cut), nameof(Freeze), nameof(Restart)];

    private static readonly string[] Slow = [nameof(NameServer), nameof(Moved), nameof(Certificate)];

    public static TheoryData<string> Breakages() => [.. Broken > TimeSpan.FromSeconds(10) ? [.. Quick, .. Slow] : Quick];

    [Theory]
    [MemberData(nameof(Breakages))]
    public async Task When_it_is_whole_again_both_see_what_is_and_each_message_has_one_fate(string breakage)
    {
        var (a, b) = ($"alice-{breakage}@a.example".ToLowerInvariant(), $"bob-{breakage}@b.example".ToLowerInvariant());
        await using var alice = await Correspondent.Enter(domains.A, a, b);
        await using var bob = await Correspondent.Enter(domains.B, b, a);
        alice.Listen();
        bob.Listen();
        using var ending = new CancellationTokenSource();
        var talking = Task.WhenAll(alice.Talk(ending.Token), bob.Talk(ending.Token));
        await Until(() => alice.Received.Count > 3 && bob.Received.Count > 3 && Sees(alice) > 0 && Sees(bob) > 0, "they talk", alice, bob);

        await Break(breakage);

        await ending.CancelAsync();
        using var inTime = new CancellationTokenSource(HealingTime);
        await talking.WaitAsync(inTime.Token);
        await Task.WhenAll(alice.Note($"last of {a}", inTime.Token), bob.Note($"last of {b}", inTime.Token));
        await Until(() => alice.Seen == $"last of {b}" && bob.Seen == $"last of {a}", "both see what is", alice, bob);
        await Settle(alice, bob, mayBeUnknown: false);

        // What bob's own node had taken over when it was killed his client follows up, and says so if its time runs out.
        await Settle(bob, alice, mayBeUnknown: breakage is not (nameof(Cut) or nameof(Freeze)));
    }

    private static int Sees(Correspondent who) => int.TryParse(who.Seen, out var number) ? number : 0;

    private Task Break(string breakage) => breakage switch
    {
        nameof(Cut) => Cut(),
        nameof(Freeze) => Freeze(),
        nameof(Restart) => Restart(),
        nameof(NameServer) => NameServer(),
        nameof(Moved) => Moved(),
        _ => Certificate(),
    };

    /// <summary>Packets vanish; where the network cannot be cut, one side falls silent, which looks the same to the other.</summary>
    private async Task Cut()
    {
        if (!domains.Network.CanCut)
        {
            await Freeze();
            return;
        }

        await domains.Network.Cut();
        await Pass(Broken);
        await domains.Network.Heal();
    }

    private async Task Freeze()
    {
        await domains.B.Freeze();
        await Pass(Broken);
        await domains.B.Thaw();
    }

    private async Task Restart()
    {
        await domains.B.Kill();
        await Pass(Broken);
        await domains.B.Start();
    }

    /// <summary>Nobody answers look-ups, and the link must be made anew meanwhile: what was known is used.</summary>
    private async Task NameServer()
    {
        await domains.Dns.Kill(CancellationToken.None);
        await Restart();
        await Pass(Broken);
        await domains.Dns.Restart(CancellationToken.None);
    }

    /// <summary>The other domain goes to another address, and its records tell so.</summary>
    private async Task Moved()
    {
        await domains.B.Kill();
        await domains.MoveB();
        await Pass(Broken);
        await domains.B.Start();
    }

    /// <summary>A certificate runs out, and the link must be made anew: there is none until there is a new certificate.</summary>
    private async Task Certificate()
    {
        domains.Certify(TwoProcesses.BName, TimeSpan.FromHours(-2), TimeSpan.FromHours(-1));
        await Restart();
        await Pass(Broken);
        domains.Certify(TwoProcesses.BName, TimeSpan.FromHours(-1), TimeSpan.FromDays(30));
        await Pass(TimeSpan.FromSeconds(10));
    }

    /// <summary>What <paramref name="sender"/> was told of each message is true, and nothing came twice.</summary>
    private static async Task Settle(Correspondent sender, Correspondent recipient, bool mayBeUnknown)
    {
        var fates = sender.Accepted.ToDictionary(sent => sent.Key, sent => sent.Value);
        await Until(() => fates.Values.All(fate => fate.IsCompleted), "each message has a fate", sender, recipient);
        var received = recipient.Received.ToArray();
        Assert.Equal(received.Distinct(), received);
        foreach (var (text, told) in fates)
        {
            var fate = await told;
            Assert.True(
                received.Contains(text) || fate.Outcome == DeliveryOutcome.Failed
                    || (mayBeUnknown && fate.Outcome == DeliveryOutcome.Unknown),
                $"Message {text} was accepted, has not arrived, and its sender was told {fate}. {sender}, {recipient}");
        }
    }

    private static Task Pass(TimeSpan time) =>
        Task.Delay(time, TimeProvider.System, TestContext.Current.CancellationToken);

    private static async Task Until(Func<bool> condition, string what, Correspondent one, Correspondent other)
    {
        using var limit = new CancellationTokenSource(HealingTime);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!condition())
        {
            try
            {
                await timer.WaitForNextTickAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"not within {HealingTime}: {what}. One: {one}. The other: {other}.");
            }
        }
    }
}
