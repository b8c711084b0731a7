using Microsoft.Extensions.Hosting;
using Presence.Grains;
using Presence.Grains.Routes;
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
    silo.AddRouteStreams();
    silo.AddMemoryGrainStorage("PubSubStore");
    silo.AddSqliteGrainStorage(
        PresenceGrainsExtensions.StorageName, storage => storage.Path = Path.Combine(data, "presence.db"));
    silo.AddPresenceGrains();
});

await builder.Build().RunAsync();
return 0;
