using Presence.Sessions.Administration;

namespace Presence.Gateway.Admin;

/// <summary>What is known of one user, over HTTP: see docs/operations/data.md.</summary>
internal static class DataEndpoints
{
    public static void MapUserData(this WebApplication app)
    {
        var users = app.MapGroup("/admin/users/{address}").AddEndpointFilter<AdminAccess>().AddEndpointFilter<AdminFaults>();
        users.MapGet("/export", Export);
        users.MapPost("/erase", Erase);
        users.MapGet("/watchers", Watchers);
    }

    private static async Task<IResult> Export(string address, UserData data)
    {
        var (export, refused) = await data.Export(address);
        return refused is not null ? Problems.Of(refused) : Results.Json(new Exported(
            export!.User.ToString(), [.. export.Items.Select(item => new ExportedThing(item.What, item.Name, item.Value, item.At))]));
    }

    private static async Task<IResult> Erase(string address, UserData data)
    {
        var (done, refused) = await data.Erase(address);
        return refused is not null
            ? Problems.Of(refused)
            : Results.Json(new Erased(done!.User.ToString(), done.Items, done.Others));
    }

    private static async Task<IResult> Watchers(string address, UserData data)
    {
        var (watchers, refused) = await data.Watchers(address);
        return refused is not null ? Problems.Of(refused) : Results.Json(new WatcherList(
        [
            .. watchers.Select(s => new WatcherRow(
                s.Watcher.ToString(), s.Id, s.Path.ToString(), Word(s.State), Word(s.SeenAs), s.Since, s.Expires)),
        ]));

        static string Word(Enum state) => state.ToString().ToLowerInvariant();
    }
}

/// <summary>Answer to <c>GET /admin/users/A/export</c>.</summary>
internal sealed record Exported(string User, IReadOnlyList<ExportedThing> Items);

/// <summary>One thing of it.</summary>
internal sealed record ExportedThing(string What, string Name, string Value, DateTimeOffset? At);

/// <summary>Answer to <c>POST /admin/users/A/erase</c>.</summary>
/// <param name="User">Who is no more.</param>
/// <param name="Items">How many things were known of him.</param>
/// <param name="Others">In the books of how many others his traces were looked for.</param>
internal sealed record Erased(string User, int Items, int Others);

/// <summary>Answer to <c>GET /admin/users/A/watchers</c>, by watcher.</summary>
internal sealed record WatcherList(IReadOnlyList<WatcherRow> Watchers);

/// <summary>One subscription; <paramref name="Seen"/> is the state that its watcher was told.</summary>
internal sealed record WatcherRow(
    string Watcher, string Id, string Path, string State, string Seen, DateTimeOffset Since, DateTimeOffset Expires);
