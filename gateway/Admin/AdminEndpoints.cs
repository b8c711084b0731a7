using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Presence.Gateway.Hosting;
using Presence.Gateway.Options;
using Presence.Sessions;

namespace Presence.Gateway.Admin;

/// <summary>Administration of users over HTTP: see docs/operations/administration.md.</summary>
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
        services.AddSingleton(new AdminToken(SecretFile.LoadOrCreate(data.File(TokenFile))));
        services.AddSingleton(accounts);
        services.AddSingleton<VerifierDerivation>();
        services.AddSingleton<AccountImport>();
        services.AddSingleton<IUserAccounts, GrainUserAccounts>();
    }

    public static void MapAdministration(this WebApplication app)
    {
        var users = app.MapGroup("/admin/users").AddEndpointFilter<AdminAccess>().AddEndpointFilter<AdminFaults>();
        users.MapGet("", List);
        users.MapPost("", Add);
        users.MapPost("/import", Import);
        users.MapPut("/{address}/password", ChangePassword);
        users.MapDelete("/{address}", Remove);
    }

    private static async Task<IResult> List(IUserAccounts accounts, HostedDomains domains)
    {
        var lists = await Task.WhenAll(domains.All.Select(accounts.List));
        return Results.Json(new UserList([.. lists.SelectMany(list => list).Order(StringComparer.Ordinal)]));
    }

    private static async Task<IResult> Add(
        HttpRequest request, IUserAccounts accounts, VerifierDerivation verifiers, HostedDomains domains,
        CancellationToken cancellation)
    {
        var body = await request.ReadFromJsonAsync<AddUser>(cancellation);
        if (!NewAccount.TryRead(body?.Address, body?.Password, domains, out var account, out var why))
            return Problems.Of(StatusCodes.Status400BadRequest, why);

        await accounts.Announce([account.User]);
        var verifier = await verifiers.Derive(account.PreparedPassword, cancellation);
        var refusal = await accounts.Create(account.User, verifier);
        var address = account.User.ToString();
        return refusal is null
            ? Results.Json(new UserAdded(address), statusCode: StatusCodes.Status201Created)
            : Problems.Of(refusal, address);
    }

    private static async Task<IResult> Import(HttpRequest request, AccountImport import, CancellationToken cancellation)
    {
        var limit = request.HttpContext.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>();
        limit.MaxRequestBodySize = MaxImport;
        using var text = new StreamReader(request.Body, StrictUtf8, detectEncodingFromByteOrderMarks: false);
        return Results.Json(await import.Run(text, cancellation));
    }

    private static async Task<IResult> ChangePassword(
        string address, HttpRequest request, IUserAccounts accounts, VerifierDerivation verifiers,
        CancellationToken cancellation)
    {
        var body = await request.ReadFromJsonAsync<NewPassword>(cancellation);
        if (!NewAccount.TryReadUser(address, out var user, out var why)
            || !NewAccount.TryPrepare(body?.Password, out var prepared, out why))
            return Problems.Of(StatusCodes.Status400BadRequest, why);

        var refusal = await accounts.ChangePassword(user, await verifiers.Derive(prepared, cancellation));
        return refusal is null ? Results.NoContent() : Problems.Of(refusal, user.ToString());
    }

    private static async Task<IResult> Remove(string address, IUserAccounts accounts)
    {
        if (!NewAccount.TryReadUser(address, out var user, out var why))
            return Problems.Of(StatusCodes.Status400BadRequest, why);
        var refusal = await accounts.Remove(user);
        return refusal is null ? Results.NoContent() : Problems.Of(refusal, user.ToString());
    }
}
