using Presence.Contracts.Routes;
using Presence.Contracts.Users;
using Presence.Model.Composition;

namespace Presence.Grains.Users;

/// <summary>Hands notices to the endpoints that a user can be reached at now.</summary>
internal sealed class Courier(UserNode node, EndpointTable endpoints)
{
    /// <summary>Hands it to all of them; gives the sessions that took it.</summary>
    public async Task<IReadOnlyList<string>> ToAll(SessionNotice notice, IReadOnlySet<string>? except = null)
    {
        var takers = new List<string>();
        foreach (var endpoint in Reachable(except))
        {
            if (await endpoints.Deliver(endpoint, notice))
                takers.Add(endpoint.Session);
        }

        return takers;
    }

    /// <summary>Hands it to the one that composition would choose, or to the next best if that one does not take it.</summary>
    public async Task<IReadOnlyList<string>> ToBest(
        SessionNotice notice, DateTimeOffset now, IReadOnlySet<string>? except = null)
    {
        var left = Reachable(except).ToDictionary(endpoint => endpoint.Endpoint, StringComparer.Ordinal);
        while (Best(left.Keys, now) is { } name && left.Remove(name, out var best))
        {
            if (await endpoints.Deliver(best, notice))
                return [best.Session];
        }

        return [];
    }

    /// <summary>Hands it to the sessions named, as far as they are still bound; gives how many took it.</summary>
    public async Task<int> To(IReadOnlyCollection<string> sessions, SessionNotice notice)
    {
        var taken = 0;
        foreach (var endpoint in endpoints.All.Where(bound => sessions.Contains(bound.Session)).ToList())
            taken += await endpoints.Deliver(endpoint, notice) ? 1 : 0;
        return taken;
    }

    public string? EndpointOf(string session) =>
        endpoints.All.FirstOrDefault(bound => bound.Session == session)?.Endpoint;

    private IReadOnlyList<EndpointBinding> Reachable(IReadOnlySet<string>? except) =>
        StatusToken.IsOffline(node.View.Status)
            ? []
            : [.. endpoints.Reachable(node.Properties).Where(bound => except?.Contains(bound.Session) != true)];

    private string? Best(IReadOnlyCollection<string> names, DateTimeOffset now) =>
        StatusComposition.Compose(
            null,
            [
                .. PresenceView.EndpointsOf(node.Properties, endpoints.Priorities)
                    .Where(endpoint => names.Contains(endpoint.Name)),
            ],
            now).Endpoint;
}
