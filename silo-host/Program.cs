using Microsoft.Extensions.Hosting;
using Orleans.Streams;
using Presence.Contracts.Routes;
using Presence.Grains;
using Presence.Model.Addresses;
using Presence.Storage.Sqlite;

if (GlobalizationSelfTest.Check() is { } finding)
{
    await Console.Error.WriteLineAsync(finding);
    return 78;
}

var builder = Host.CreateApplicationBuilder(args);
var data = Path.GetFullPath(builder.Configuration["Presence:Data"] ?? "./data");
builder.UseOrleans(silo =>
{
    silo.UseLocalhostClustering();
    silo.AddMemoryStreams(RouteStreams.Provider, routes =>
    {
        routes.ConfigurePartitioning(1);
        routes.ConfigurePullingAgent(agent => agent.Configure(
            options => options.GetQueueMsgsTimerPeriod = TimeSpan.FromMilliseconds(10)));
        routes.ConfigureStreamPubSub(StreamPubSubType.ExplicitGrainBasedOnly);
    });
    silo.AddMemoryGrainStorage("PubSubStore");
    silo.AddSqliteGrainStorage(
        PresenceGrainsExtensions.StorageName, storage => storage.Path = Path.Combine(data, "presence.db"));
    silo.AddPresenceGrains();
});

await builder.Build().RunAsync();
return 0;
