using Presence.Model.Addresses;
using Presence.Sessions.Administration;

namespace Presence.Gateway.Admin;

/// <summary>Administration of the running node over HTTP: see docs/operations/README.md, "Administration".</summary>
internal static class NodeEndpoints
{
    private const int Listed = 1000;

    public static void MapNodeAdministration(this WebApplication app)
    {
        var admin = app.MapGroup("/admin").AddEndpointFilter<AdminAccess>().AddEndpointFilter<AdminFaults>();
        admin.MapGet("/sessions", Sessions);
        admin.MapDelete("/sessions/{id}", KickSession);
        admin.MapDelete("/users/{address}/sessions", KickUser);
        admin.MapGet("/domains", Domains);
        admin.MapGet("/stats", (GatewayAdministration node) => Results.Json(node.Report()));
        admin.MapPost("/drain", Drain);
        admin.MapPost("/announce", Announce);
    }

    private static IResult Sessions(GatewayAdministration node, string? user, int? limit)
    {
        Address? only = null;
        if (user is not null)
        {
            if (!NewAccount.TryReadUser(user, out var one, out var why))
                return Problems.Of(AdminRefusal.Bad(why));
            only = one;
        }

        return limit is < 1 or > GatewayAdministration.MaxListed
            ? Problems.Of(AdminRefusal.Bad($"limit is 1-{GatewayAdministration.MaxListed}."))
            : Results.Json(new SessionList(node.Sessions(only, limit ?? Listed), node.Report().Sessions));
    }

    private static async Task<IResult> KickSession(string id, GatewayAdministration node) => await node.Kick(id)
        ? Results.Json(new Ended(1))
        : Problems.Of(AdminRefusal.NotFound("There is no such session at this node."));

    private static async Task<IResult> KickUser(string address, string? endpoint, GatewayAdministration node)
    {
        var (ended, refused) = await node.Kick(address, endpoint);
        return refused is null ? Results.Json(new Ended(ended)) : Problems.Of(refused);
    }

    private static IResult Domains(GatewayAdministration node) =>
        Results.Json(new DomainList([.. node.Hosted.Select(domain => domain.Value)], node.Peers));

    private static async Task<IResult> Drain(GatewayAdministration node, CancellationToken cancellation) =>
        Results.Json(new Drained(await node.Drain(cancellation)));

    private static async Task<IResult> Announce(
        HttpRequest request, GatewayAdministration node, CancellationToken cancellation)
    {
        var (told, refused) = node.Announce((await request.ReadFromJsonAsync<Announcement>(cancellation))?.Text);
        return refused is null ? Results.Json(new Announced(told)) : Problems.Of(refused);
    }
}

/// <summary>Body of <c>POST /admin/announce</c>.</summary>
internal sealed record Announcement(string? Text);

/// <summary>Answer to it: sessions that took the announcement.</summary>
internal sealed record Announced(int Count);

/// <summary>Answer to <c>GET /admin/sessions</c>.</summary>
/// <param name="Sessions">By user and endpoint.</param>
/// <param name="Total">How many the node has, listed or not.</param>
internal sealed record SessionList(IReadOnlyList<SessionReport> Sessions, int Total);

/// <summary>Answer to a kick.</summary>
internal sealed record Ended(int Count);

/// <summary>Answer to <c>POST /admin/drain</c>: connections that have not ended yet.</summary>
internal sealed record Drained(int Open);

/// <summary>Answer to <c>GET /admin/domains</c>.</summary>
internal sealed record DomainList(IReadOnlyList<string> Hosted, IReadOnlyList<PeerReport> Peers);
