using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Presence.Cli.Tests.Scripts;

/// <summary>The admin interface of a node, as small as can be: accounts in a dictionary.</summary>
internal sealed class AdminStub : IAsyncDisposable
{
    private const string Token = "s3cret";

    private readonly WebApplication _app;
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("presence-cli-");

    private AdminStub(WebApplication app) => _app = app;

    public SortedDictionary<string, string> Users { get; } = new(StringComparer.Ordinal);

    /// <summary>Number of lines of each import request.</summary>
    public List<int> Batches { get; } = [];

    public string DataDirectory => _data.FullName;

    public static async Task<AdminStub> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var stub = new AdminStub(app);
        app.Use(stub.Authorize);
        app.MapGet("/admin/users", () => Results.Json(new { users = stub.Users.Keys }));
        app.MapPost("/admin/users", stub.Add);
        app.MapPost("/admin/users/import", stub.Import);
        app.MapPut("/admin/users/{address}/password", stub.ChangePassword);
        app.MapDelete("/admin/users/{address}", stub.Remove);
        app.MapGet("/admin/explain", stub.Explain);
        app.MapGet("/admin/sessions", stub.Sessions);
        app.MapDelete("/admin/sessions/{id}", stub.Kick);
        app.MapDelete("/admin/users/{address}/sessions", stub.KickUser);
        app.MapPost("/admin/drain", () => Results.Json(new { open = 2 }));
        app.MapPost("/admin/announce", (JsonElement said) => Results.Json(new { count = said.GetProperty("text").GetString()!.Length }));
        app.MapGet("/admin/domains", () => Results.Json(new
        {
            hosted = new[] { "localhost" },
            peers = new[] { new { domain = "b.example", state = "up", since = (string?)null } },
        }));
        app.MapGet("/admin/users/{address}/export", (string address) => Results.Json(new
        {
            user = address,
            items = new[] { new { what = "property", name = "note", value = "tea\u001b", at = "2026-11-28T06:10:00Z" } },
        }));
        app.MapPost("/admin/users/{address}/erase", (string address) => stub.Users.Remove(address)
            ? Results.Json(new { user = address, items = 3, others = 2 })
            : Results.Problem($"there is no {address}", statusCode: 404));
        app.MapGet("/admin/users/{address}/watchers", () => Results.Json(new
        {
            watchers = new[]
            {
                new
                {
                    watcher = "bob@localhost", id = "w1", path = "status", state = "active", seen = "active",
                    since = "2026-11-28T06:10:00Z", expires = "2026-11-29T06:10:00Z",
                },
            },
        }));
        app.MapGet("/admin/stats", () => Results.Json(Statistics));
        await app.StartAsync();
        await File.WriteAllTextAsync(Path.Combine(stub.DataDirectory, "admin.token"), Token + "\n");
        return stub;
    }

    public CliRun Cli() => new()
    {
        Variables =
        {
            ["Presence__Listeners__Http"] = new Uri(_app.Urls.Single()).Authority,
            ["Presence__Data"] = DataDirectory,
        },
    };

    public string FileOf(string content) => FileOf(System.Text.Encoding.UTF8.GetBytes(content));

    public string FileOf(byte[] content)
    {
        var path = Path.Combine(DataDirectory, "users.txt");
        File.WriteAllBytes(path, content);
        return path;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _data.Delete(recursive: true);
    }

    private Task Authorize(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Headers.Authorization == $"Bearer {Token}")
            return next(context);

        context.Response.StatusCode = 401;
        return Task.CompletedTask;
    }

    private async Task<IResult> Add(HttpRequest request)
    {
        var user = await JsonSerializer.DeserializeAsync<Dictionary<string, string>>(request.Body);
        if (user!["password"].Length < 4)
            return Results.Problem("the password is too short", statusCode: 400);

        return Users.TryAdd(user["address"], user["password"])
            ? Results.Created()
            : Results.Problem($"{user["address"]} exists", statusCode: 409);
    }

    private async Task<IResult> Import(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        var lines = (await reader.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Batches.Add(lines.Length);
        var added = 0;
        var refused = new List<object>();
        for (var number = 1; number <= lines.Length; number++)
        {
            var words = lines[number - 1].Split(' ', 2);
            if (!words[0].Contains('@'))
                refused.Add(new { line = number, address = words[0], why = "no address" });
            else if (Users.TryAdd(words[0], words[1]))
                added++;
        }

        return Results.Json(new { added, existing = lines.Length - added - refused.Count, refused });
    }

    private async Task<IResult> ChangePassword(string address, HttpRequest request)
    {
        var change = await JsonSerializer.DeserializeAsync<Dictionary<string, string>>(request.Body);
        if (!Users.ContainsKey(address))
            return Results.Problem($"there is no {address}", statusCode: 404);

        Users[address] = change!["password"];
        return Results.NoContent();
    }

    private IResult Explain(string asker, string user) => Users.ContainsKey(user)
        ? Results.Json(new
        {
            asker,
            user,
            lines = new[]
            {
                new { subject = "status", text = "watching waits: ask * sub" },
                new { subject = "note", text = "blocked\u001b" },
            },
        })
        : Results.Problem($"there is no {user}", statusCode: 404);

    private static object Statistics => new
    {
        gateway = "gw-1", started = "2026-11-28T06:10:00Z", isDraining = false, connections = 3, sessions = 2, parked = 1,
        users = 1, watches = 4, queued = new { events = 5, unsent = 1, octets = 640 },
        counted = new { connections = 9, requests = 80, refused = 7, failed = 0, batches = 6, notices = 2 },
    };

    /// <summary>Sessions that were kicked.</summary>
    public List<string> Kicked { get; } = [];

    private IResult Sessions(string? user, int limit) => Results.Json(new
    {
        total = 2,
        sessions = Users.Keys.Where(known => known == (user ?? known)).Take(limit).Select(known => new
        {
            id = "s-1-1", user = known, endpoint = "desk\u001b", isParked = false, transport = "tls", remote = "192.0.2.1:7",
            since = "2026-11-28T06:10:00+00:00", queue = new { events = 5, unsent = 1, octets = 640 }, watches = 4,
        }),
    });

    private IResult Kick(string id)
    {
        if (id != "s-1-1")
            return Results.Problem("There is no such session at this node.", statusCode: 404);
        Kicked.Add(id);
        return Results.Json(new { count = 1 });
    }

    private IResult KickUser(string address, string? endpoint)
    {
        Kicked.Add($"{address} {endpoint}");
        return Results.Json(new { count = 2 });
    }

    private IResult Remove(string address) => Users.Remove(address)
        ? Results.NoContent()
        : Results.Problem($"there is no {address}", statusCode: 404);
}
