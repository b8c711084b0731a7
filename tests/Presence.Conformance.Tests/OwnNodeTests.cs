using System.Net;
using Presence.Conformance.Run;
using Presence.Conformance.Statements;
using Presence.Conformance.Users;
using Presence.Conformance.Wire;

namespace Presence.Conformance.Tests;

/// <summary>The node of this checkout keeps every statement that can be tried on one node.</summary>
public sealed class OwnNodeTests(TestNode node) : IClassFixture<TestNode>
{
    [Fact]
    public Task In_clear_text() => NothingFails(node.Pip, Carrier.Clear, least: 120);

    [Fact]
    public Task Over_TLS() => NothingFails(node.Pips, Carrier.Tls, least: 120);

    [Fact]
    public Task Over_gRPC() => NothingFails(node.Grpc, Carrier.Grpc, least: 90);

    /// <summary>What depends on TLS; the rest was tried in clear text.</summary>
    [Fact]
    public Task Over_gRPC_and_TLS() => NothingFails(node.Pips, Carrier.Grpc, least: 10, "AUT", "SES");

    private async Task NothingFails(IPEndPoint server, Carrier carrier, int least, params string[] families)
    {
        var target = new Target(carrier, $"{server.Address}", server.Port, "localhost")
        {
            Insecure = true,
            IsSecure = server.Equals(node.Pips),
        };
        await using var people = new ThrowAwayPeople(node.Administration, node.Token, "localhost");
        // Those that must be alone measure times, which a busy machine does not keep.
        var statements = Statement.All.Where(statement => Check.All.GetValueOrDefault(statement.Id)?.Of.Alone != true
            && (families.Length == 0 || families.Contains(statement.Id[..3])));
        var verdicts = await new ConformanceRun(target, people, slow: false, parallel: 4)
            .Run([.. statements], _ => { }, TestContext.Current.CancellationToken);
        Assert.Empty(verdicts.Where(verdict => verdict.Outcome == Outcome.Fail)
            .Select(verdict => $"{verdict.Statement.Id} {verdict.Why}\n{string.Join('\n', verdict.Transcript)}"));
        Assert.True(verdicts.Count(verdict => verdict.Outcome == Outcome.Pass) > least);
    }
}
