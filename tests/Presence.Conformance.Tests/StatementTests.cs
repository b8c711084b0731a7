using Presence.Conformance.Run;
using Presence.Conformance.Statements;

namespace Presence.Conformance.Tests;

public sealed class StatementTests
{
    [Fact]
    public void All_201_are_known()
    {
        Assert.Equal(201, Statement.All.Count);
        Assert.Equal("SUB-14 UNSUB of an unknown id → 481.", Statement.All.Where(s => s.Id == "SUB-14").Select(s => $"{s.Id} {s.Text}").Single());
    }

    [Fact]
    public void Each_is_checked_or_has_a_reason() => Assert.All(
        Statement.All, statement => Assert.True(Check.All.ContainsKey(statement.Id) || HasReason(statement.Id), statement.Id));

    [Fact]
    public void None_is_checked_and_has_a_reason() => Assert.All(Check.All.Keys, id => Assert.False(HasReason(id), id));

    [Fact]
    public void Each_check_is_about_a_statement() =>
        Assert.Empty(Check.All.Keys.Except(Statement.All.Select(statement => statement.Id)));

    private static bool HasReason(string id) => OutOfSight.Why(id) != "no check has been written";
}
