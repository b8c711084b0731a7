using Presence.Client;

var builder = WebApplication.CreateBuilder(args);
builder.Services.Configure<PresenceClientOptions>(builder.Configuration.GetSection("Presence"));
builder.Services.AddPresenceClient();
var app = builder.Build();
app.UseFileServer();
app.MapGet("/online", (PresenceClient presence, string[] who, CancellationToken gone) =>
    TypedResults.ServerSentEvents(presence.WatchAsync(who, gone).Select(change =>
        new { who = change.Target.Address.ToString(), status = change.Value ?? change.State.ToString() })));
app.Run();
