using Presence.Contracts.Routes;
using Presence.Contracts.Users;
using Presence.Grains.Gateways;
using Presence.Model.Composition;
using Presence.Model.Replies;

namespace Presence.Grains.Users;

/// <summary>Hands notices to the endpoints that a user can be reached at now.</summary>
internal sealed class Courier(UserNode node, EndpointTable endpoints, SiloLosses losses)
{
    /// <summary>
    /// What is said where nobody is: while it cannot be said of anybody that he is not there, senders are to try again.
    /// </summary>
    public Refusal Absent => losses.AreRecent ? Refusal.Overloaded : Refusal.Unavailable;

    private bool IsForgotten => endpoints.IsEmpty && losses.AreRecent;

    /// <summary>Endpoints that messages go to, now that the user shows himself.</summary>
    public IReadOnlyList<EndpointBinding> Reachable(IReadOnlySet<string>? except = null) =>
        StatusToken.IsOffline(node.View.Status)
            ? []
            : [.. endpoints.Reachable(node.Properties).Where(bound => except?.Contains(bound.Session) != true)];

    /// <summary>Where the sessions named are now, as far as they are still bound.</summary>
    public IReadOnlyList<EndpointBinding> Bound(IReadOnlyCollection<string> sessions) =>
        [.. endpoints.All.Where(bound => sessions.Contains(bound.Session))];

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

    /// <summary>Hands it to the sessions named, as far as they are still bound.</summary>
    public async Task<Takers> To(IReadOnlyCollection<string> sessions, SessionNotice notice)
    {
        var takers = new List<string>();
        var isUnsure = false;
        foreach (var endpoint in Bound(sessions))
        {
            var isTaken = await endpoints.Deliver(endpoint, notice);
            isUnsure |= isTaken is null;
            if (isTaken == true)
                takers.Add(endpoint.Session);
        }

        return new Takers(takers, isUnsure);
    }

    public string? EndpointOf(string session) =>
        endpoints.All.FirstOrDefault(bound => bound.Session == session)?.Endpoint;

    private string? Best(IReadOnlyCollection<string> names, DateTimeOffset now) =>
        StatusComposition.Compose(
            null,
            [
                .. PresenceView.EndpointsOf(node.Properties, endpoints.Priorities)
                    .Where(endpoint => names.Contains(endpoint.Name)),
            ],
            now).Endpoint;
}
