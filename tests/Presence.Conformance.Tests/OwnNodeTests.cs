using System.Net;
using Presence.Conformance.Run;
using Presence.Conformance.Statements;
using Presence.Conformance.Users;
using Presence.Conformance.Wire;

namespace Presence.Conformance.Tests;

/// <summary>The node of this checkout keeps what the families that are built say.</summary>
public sealed class OwnNodeTests(TestNode node) : IClassFixture<TestNode>
{
    private static readonly string[] Built = ["FRM", "TOK", "SES", "AUT", "PRP", "SUB", "LOC", "UDP"];

    /// <summary>Of those families, what the node does not do yet. A line goes when its part lands.</summary>
    private static readonly string[] Missing =
    [
        "SES-12", // RESUME
        "AUT-13", // access lists
        "PRP-13", // PIDF
        "SUB-09", // min=
        "SUB-12", // blocking
        "SUB-15", // groups
    ];

    [Fact]
    public Task In_clear_text() => NothingFails(node.Pip, Carrier.Clear);

    [Fact]
    public Task Over_TLS() => NothingFails(node.Pips, Carrier.Tls);

    private async Task NothingFails(IPEndPoint server, Carrier carrier)
    {
        var target = new Target(carrier, $"{server.Address}", server.Port, "localhost") { Insecure = true };
        await using var people = new ThrowAwayPeople(node.Administration, node.Token, "localhost");
        // Those that must be alone measure times, which a busy machine does not keep.
        var statements = Statement.All.Where(statement => Built.Contains(statement.Family) && !Missing.Contains(statement.Id)
            && Check.All.GetValueOrDefault(statement.Id)?.Of.Alone != true);
        var verdicts = await new ConformanceRun(target, people, slow: false, parallel: 4)
            .Run([.. statements], _ => { }, TestContext.Current.CancellationToken);
        Assert.Empty(verdicts.Where(verdict => verdict.Outcome == Outcome.Fail)
            .Select(verdict => $"{verdict.Statement.Id} {verdict.Why}\n{string.Join('\n', verdict.Transcript)}"));
        Assert.True(verdicts.Count(verdict => verdict.Outcome == Outcome.Pass) > 50);
    }
}
