using System.Globalization;
using Presence.Federation.Process.Tests.Node;

namespace Presence.Federation.Process.Tests;

/// <summary>
/// People of two domains watch each other and write to each other while something breaks. When it is whole again each
/// sees what is, and every message that was accepted has arrived once, or its sender was told that it has not: the soak's
/// checker judges their histories.
/// </summary>
[Collection("two processes")]
public sealed class HealingTests(TwoProcesses domains, ITestOutputHelper output)
{
    private const int Size = 6;

    private static readonly TimeSpan HealingTime = TimeSpan.FromSeconds(90);

    /// <summary>
    /// How long things are broken; <c>PRESENCE_BROKEN=20</c> for the long form, which breaks more of them, or with
    /// <c>PRESENCE_BREAKAGE=Certificate</c> that one alone.
    /// </summary>
    private static readonly TimeSpan Broken = TimeSpan.FromSeconds(
        int.TryParse(Environment.GetEnvironmentVariable("PRESENCE_BROKEN"), out var seconds) ? seconds : 2);

    private static readonly string[] Quick = [nameof(Cut), nameof(Freeze), nameof(Restart)];

    private static readonly string[] Slow = [nameof(NameServer), nameof(Moved), nameof(Certificate)];

    public static TheoryData<string> Breakages() =>
        Environment.GetEnvironmentVariable("PRESENCE_BREAKAGE") is { Length: > 0 } one ? [one]
        : [.. Broken > TimeSpan.FromSeconds(10) ? [.. Quick, .. Slow] : Quick];

    [Theory, Trait("Conformance", "FED-05")]
    [MemberData(nameof(Breakages))]
    public async Task When_it_is_whole_again_all_see_what_is_and_each_message_has_one_fate(string breakage)
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var crowd = await Crowd.Gather(domains, breakage.ToLowerInvariant(), Size, cancel);
        using var ending = new CancellationTokenSource();
        var talking = crowd.Talk(ending.Token, cancel);

        await Break(breakage);

        await ending.CancelAsync();
        await talking;
        var took = await crowd.Converge(HealingTime, cancel);
        var faults = await crowd.Judge(HealingTime, cancel);

        // Nobody notices that the other domain was not to be reached for less than a minute.
        if (breakage is nameof(Cut) or nameof(Freeze))
            Assert.Empty(crowd.Flaps());
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{breakage}: every watcher right after {took.TotalSeconds:0.0} s; {crowd}; {crowd.Counts}"));
        Assert.True(faults.Count == 0, $"{crowd}\n{crowd.Counts}\n{string.Join('\n', faults.Take(8))}");
    }

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

    /// <summary>
    /// A certificate runs out while the node runs, and the link must be made anew: there is none until there is a new
    /// certificate, which the node finds by itself.
    /// </summary>
    private async Task Certificate()
    {
        domains.Certify(TwoProcesses.BName, TimeSpan.FromHours(-2), TimeSpan.FromHours(-1));
        await domains.Shows(TwoProcesses.BName, isValid: false);
        await domains.A.Kill();
        await domains.A.Start();
        await Pass(Broken);
        domains.Certify(TwoProcesses.BName, TimeSpan.FromHours(-1), TimeSpan.FromDays(30));
        await domains.Shows(TwoProcesses.BName, isValid: true);
    }

    private static Task Pass(TimeSpan time) =>
        Task.Delay(time, TimeProvider.System, TestContext.Current.CancellationToken);
}
