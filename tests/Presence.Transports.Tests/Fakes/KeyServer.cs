using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;

namespace Presence.Transports.Tests.Fakes;

/// <summary>An issuer's HTTP server with a JSON Web Key Set that changes.</summary>
internal sealed class KeyServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _asked;

    private KeyServer()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapGet("/keys", Answer);
    }

    public string Url => $"{_app.Urls.Single()}/keys";

    /// <summary>Names of the keys that it tells.</summary>
    public IReadOnlyList<string> Names { get; set; } = [];

    /// <summary>Told instead of the keys if set, with status 200.</summary>
    public string? Nonsense { get; set; }

    public bool IsBroken { get; set; }

    /// <summary>Answers wait for it.</summary>
    public TaskCompletionSource? Held { get; set; }

    public int Asked => Volatile.Read(ref _asked);

    public static async Task<KeyServer> Start()
    {
        var server = new KeyServer();
        await server._app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> Answer()
    {
        Interlocked.Increment(ref _asked);
        if (Held is { } held)
            await held.Task;
        return IsBroken ? Results.StatusCode(500) : Results.Text(Nonsense ?? Keys());
    }

    private string Keys() => JsonSerializer.Serialize(new { keys = Names.Select(Key) });

    private static object Key(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return new
        {
            kty = "EC", crv = "P-256", use = "sig", kid = name,
            x = Base64UrlEncoder.Encode(point.X), y = Base64UrlEncoder.Encode(point.Y),
        };
    }
}
