using Presence.Contracts.Routes;
using Presence.Contracts.Users;
using Presence.Grains.Gateways;
using Presence.Model.Composition;

namespace Presence.Grains.Users;

/// <summary>Hands notices to the endpoints that a user can be reached at now.</summary>
internal sealed class Courier(UserNode node, EndpointTable endpoints, SiloLosses losses)
{
    /// <summary>True while it cannot be said of anybody that he is not there: senders are to try again.</summary>
    public bool IsUnsettled => losses.AreRecent;

    private bool IsForgotten => endpoints.IsEmpty && losses.AreRecent;

    /// <summary>Hands it to all of them.</summary>
    public async Task<Takers> ToAll(SessionNotice notice, IReadOnlySet<string>? except = null)
    {
        var takers = new List<string>();
        var isUnsure = IsForgotten;
        foreach (var endpoint in Reachable(except))
        {
            var isTaken = await endpoints.Deliver(endpoint, notice);
            isUnsure |= isTaken is null;
            if (isTaken == true)
                takers.Add(endpoint.Session);
        }

        return new Takers(takers, isUnsure);
    }

    /// <summary>Hands it to the one that composition would choose, or to the next best if that one does not take it.</summary>
    public async Task<Takers> ToBest(
        SessionNotice notice, DateTimeOffset now, IReadOnlySet<string>? except = null)
    {
        var left = Reachable(except).ToDictionary(endpoint => endpoint.Endpoint, StringComparer.Ordinal);
        var isUnsure = IsForgotten;
        while (Best(left.Keys, now) is { } name && left.Remove(name, out var best))
        {
            var isTaken = await endpoints.Deliver(best, notice);
            isUnsure |= isTaken is null;
            if (isTaken == true)
                return new Takers([best.Session], isUnsure);
        }

        return new Takers([], isUnsure);
    }

    /// <summary>Hands it to the sessions named, as far as they are still bound; gives how many took it.</summary>
    public async Task<int> To(IReadOnlyCollection<string> sessions, SessionNotice notice)
    {
        var taken = 0;
        foreach (var endpoint in endpoints.All.Where(bound => sessions.Contains(bound.Session)).ToList())
            taken += await endpoints.Deliver(endpoint, notice) == true ? 1 : 0;
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
