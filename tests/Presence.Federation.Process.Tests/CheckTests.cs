using Presence.Federation.Process.Tests.Node;
using Presence.Process.Tests.Node;

namespace Presence.Federation.Process.Tests;

/// <summary><c>presence check</c>, from the host of one domain, at the other one.</summary>
[Collection("two processes")]
public sealed class CheckTests(TwoProcesses domains)
{
    [Fact]
    public async Task A_domain_in_order_passes_the_check()
    {
        var (code, output) = await Check("b.example");

        Assert.True(code == 0, output);
        foreach (var part in new[] { "SRV", "addresses", "TLS", "names", "chain", "expiry", "HELLO" })
            Assert.Contains($"good  server  {part} ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_domain_that_nobody_serves_does_not()
    {
        var (code, output) = await Check("nowhere.example");

        Assert.True(code == 1, output);
        Assert.Contains("_pips-server._tcp.nowhere.example has no record", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_that_names_a_server_of_others_is_told_with_what_to_do()
    {
        var (code, output) = await Check(TwoProcesses.EName);

        Assert.True(code == 1, output);
        Assert.Contains("bad   server  TLS ", output, StringComparison.Ordinal);
        Assert.Contains("unrecognized name", output, StringComparison.Ordinal);
        Assert.Contains("The server must serve the domain", output, StringComparison.Ordinal);
    }

    private async Task<(int Code, string Output)> Check(string domain)
    {
        var start = domains.A.Place.Command(
            "dotnet", Repository.Output("src/Presence.Cli", "Presence.Cli.dll"), "check", domain, "--service", "server",
            "--dns", $"{domains.DnsEnd}", "--ca", domains.Authorities);
        var (code, output, errors) = await Script.Run(start.FileName, start.ArgumentList);
        return (code, output + errors);
    }
}
