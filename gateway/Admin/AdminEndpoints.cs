using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Presence.Gateway.Hosting;
using Presence.Sessions.Administration;

namespace Presence.Gateway.Admin;

/// <summary>Administration of users over HTTP: see docs/operations/README.md, "Administration".</summary>
internal static class AdminEndpoints
{
    /// <summary>Name of the token's file in the data folder.</summary>
    public const string TokenFile = "admin.token";

    private const long MaxImport = 32 * 1024 * 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <exception cref="StartRefusedException">The token's file is damaged.</exception>
    public static void AddAdministration(this IServiceCollection services, AccountOptions accounts, DataFolder data)
    {
        services.AddRoutingCore();
        services.AddPresenceAdministration(
            new AdminToken(SecretFile.LoadOrCreate(data.File(TokenFile))), accounts);
        services.AddSingleton<AccountImport>();
    }

    public static void MapAdministration(this WebApplication app)
    {
        var users = app.MapGroup("/admin/users").AddEndpointFilter<AdminAccess>().AddEndpointFilter<AdminFaults>();
        users.MapGet("", List);
        users.MapPost("", Add);
        users.MapPost("/import", Import);
        users.MapPut("/{address}/password", ChangePassword);
        users.MapDelete("/{address}", Remove);
        app.MapUserData();
    }

    private static async Task<IResult> List(UserAdministration users) => Results.Json(new UserList(await users.List()));

    private static async Task<IResult> Add(
        HttpRequest request, UserAdministration users, CancellationToken cancellation)
    {
        var body = await request.ReadFromJsonAsync<AddUser>(cancellation);
        var (address, refused) = await users.Add(body?.Address, body?.Password, cancellation);
        return refused is null
            ? Results.Json(new UserAdded(address), statusCode: StatusCodes.Status201Created)
            : Problems.Of(refused);
    }

    private static async Task<IResult> Import(HttpRequest request, AccountImport import, CancellationToken cancellation)
    {
        var limit = request.HttpContext.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>();
        limit.MaxRequestBodySize = MaxImport;
        using var text = new StreamReader(request.Body, StrictUtf8, detectEncodingFromByteOrderMarks: false);
        return Results.Json(await import.Run(text, cancellation));
    }

    private static async Task<IResult> ChangePassword(
        string address, HttpRequest request, UserAdministration users, CancellationToken cancellation)
    {
        var body = await request.ReadFromJsonAsync<NewPassword>(cancellation);
        return await users.ChangePassword(address, body?.Password, cancellation) is { } refused
            ? Problems.Of(refused)
            : Results.NoContent();
    }

    private static async Task<IResult> Remove(string address, UserAdministration users) =>
        await users.Remove(address) is { } refused ? Problems.Of(refused) : Results.NoContent();
}
