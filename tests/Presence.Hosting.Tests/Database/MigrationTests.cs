using Presence.Hosting.Database;

namespace Presence.Hosting.Tests.Database;

public sealed class MigrationTests
{
    [Fact]
    public void Migrations_are_numbered_from_one_without_a_gap() => Assert.Equal(
        Enumerable.Range(1, Migration.All.Count), Migration.All.Select(migration => migration.Version));

    [Theory]
    [InlineData("InsertMembershipVersionKey")]
    [InlineData("InsertMembershipKey")]
    [InlineData("UpdateMembershipKey")]
    [InlineData("UpdateIAmAlivetimeKey")]
    [InlineData("MembershipReadRowKey")]
    [InlineData("MembershipReadAllKey")]
    [InlineData("DeleteMembershipTableEntriesKey")]
    [InlineData("CleanupDefunctSiloEntriesKey")]
    [InlineData("GatewaysQueryKey")]
    [InlineData("ReadFromStorageKey")]
    [InlineData("WriteToStorageKey")]
    [InlineData("ClearStorageKey")]
    public void Every_statement_that_the_providers_ask_for_is_there(string key) =>
        Assert.Contains(Migration.All, migration => migration.Text.Contains($"('{key}',", StringComparison.Ordinal));
}
