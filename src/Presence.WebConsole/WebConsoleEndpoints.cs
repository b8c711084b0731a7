using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Presence.WebConsole;

public static class WebConsoleEndpoints
{
    private const string Home = "/console/";

    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>
    /// The page for people at <c>/console/</c>, which <c>/</c> leads to, and the page for operators at <c>/admin</c>.
    /// What they do, they do over <c>/pip</c> and the endpoints below <c>/admin/</c>; the pages themselves are open to
    /// everyone (docs/console.md).
    /// </summary>
    public static void MapWebConsole(this IEndpointRouteBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapMethods("/", Reading, () => Results.Redirect(Home));
        app.MapMethods("/console/{**path}", Reading, (HttpContext http, string? path) => Answer(http, path));
        app.MapMethods("/admin", Reading, (HttpContext http) => Answer(http, "admin.html"));
    }

    private static IResult Answer(HttpContext http, string? path)
    {
        // The links of the page are relative to its folder.
        if (path is null && !http.Request.Path.Value!.EndsWith('/'))
            return Results.Redirect(Home);
        PageHeaders.Set(http.Response);
        return WebFiles.All.TryGetValue(path ?? "index.html", out var file) ? file.Answer() : Results.NotFound();
    }
}
