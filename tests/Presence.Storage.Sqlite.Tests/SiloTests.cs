using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;
using Orleans.TestingHost;

namespace Presence.Storage.Sqlite.Tests;

public sealed class SiloTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_state_outlives_its_silo()
    {
        await using (var first = await Deploy())
        {
            await Note(first).Write("kept");
            await first.StopAllSilosAsync();
        }

        await using var second = await Deploy();

        Assert.Equal("kept", await Note(second).Read());
        await Note(second).Clear();
        Assert.Equal("fresh", await Note(second).Read());
    }

    [Fact]
    public async Task An_etag_conflict_deactivates_the_grain_and_the_next_activation_reads_anew()
    {
        await using var cluster = await Deploy();
        var note = Note(cluster);
        await note.Write("first");
        var activation = await note.Activation();
        using (var shell = OpenStorage.ShellAt(Path))
        using (var command = shell.CreateCommand())
        {
            command.CommandText =
                """UPDATE grain_state SET etag = 9, payload = CAST('{"text":"changed"}' AS BLOB)""";
            Assert.Equal(1, command.ExecuteNonQuery());
        }

        var conflict = await Assert.ThrowsAsync<InconsistentStateException>(() => note.Write("second"));

        Assert.Equal("9", conflict.StoredEtag);
        Assert.Equal("1", conflict.CurrentEtag);
        Assert.NotEqual(activation, await note.Activation());
        Assert.Equal("changed", await note.Read());
        await note.Write("third");
        Assert.Equal("third", await note.Read());
    }

    [Fact]
    public async Task A_silo_with_bad_options_does_not_start()
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => Deploy(path: ""));

        Assert.Contains(
            "SQLite grain storage 'sqlite': Path is required", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_default_provider_serves_those_who_name_none()
    {
        await using var cluster = await Deploy();

        var services = cluster.GetSiloServiceProvider();

        Assert.IsType<SqliteGrainStorage>(services.GetRequiredService<IGrainStorage>());
        Assert.NotSame(
            services.GetRequiredService<IGrainStorage>(), services.GetRequiredKeyedService<IGrainStorage>("sqlite"));
    }

    private string Path => _folder.File("state.db");

    private static INoteGrain Note(TestCluster cluster) => cluster.GrainFactory.GetGrain<INoteGrain>("a");

    private async Task<TestCluster> Deploy(string? path = null)
    {
        var builder = new TestClusterBuilder(initialSilosCount: 1);
        builder.Properties["StatePath"] = path ?? Path;
        builder.Properties["DefaultStatePath"] = _folder.File("default.db");
        builder.AddSiloBuilderConfigurator<Storage>();
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return cluster;
    }

    private sealed class Storage : ISiloConfigurator
    {
        public void Configure(ISiloBuilder siloBuilder)
        {
            siloBuilder.AddSqliteGrainStorage(
                "sqlite", options => options.Path = siloBuilder.Configuration["StatePath"]!);
            siloBuilder.AddSqliteGrainStorageAsDefault(
                options => options.Path = siloBuilder.Configuration["DefaultStatePath"]!);
        }
    }
}
