using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Presence.Gateway.Admin;
using Presence.Gateway.Health;
using Presence.Gateway.Hosting;
using Presence.Model.Addresses;
using Presence.Sessions;
using Presence.Sessions.Administration;
using Presence.Sessions.Gateways;

namespace Presence.Gateway.Tests.Fakes;

/// <summary>The HTTP listener of a node on a free port, with accounts in memory and, but for its health, no silo.</summary>
internal sealed class AdminHost : IAsyncDisposable
{
    private readonly ScratchFolder _scratch = new();
    private readonly DataFolder _data;
    private readonly WebApplication _app;

    private AdminHost()
    {
        _data = DataFolder.Open(_scratch.FullPath);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(new HostedDomains([Domain.Parse("a.example"), Domain.Parse("b.example")]));
        builder.Services.AddAdministration(new AccountOptions { Iterations = 4096 }, _data);
        builder.Services.AddSingleton<IUserAccounts>(Accounts);
        builder.Services.AddSingleton(Silos);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.MapHealth();
        _app.MapAdministration();
        Silos.Seen();
    }

    public ListedAccounts Accounts { get; } = new();

    public SiloContact Silos { get; } = new(TimeProvider.System);

    public string Token => File.ReadAllText(_data.File(AdminEndpoints.TokenFile)).Trim();

    public static async Task<AdminHost> Start()
    {
        var host = new AdminHost();
        await host._app.StartAsync();
        return host;
    }

    public HttpClient Client(string? token)
    {
        var features = _app.Services.GetRequiredService<IServer>().Features;
        var addresses = features.GetRequiredFeature<IServerAddressesFeature>();
        var client = new HttpClient { BaseAddress = new Uri(addresses.Addresses.Single()) };
        if (token is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _data.Dispose();
        _scratch.Dispose();
    }
}
