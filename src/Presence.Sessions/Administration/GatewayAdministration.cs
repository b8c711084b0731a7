using Presence.Contracts;
using Presence.Model.Addresses;
using Presence.Sessions.Connections;
using Presence.Sessions.Delivery;
using Presence.Sessions.Gateways;
using Presence.Sessions.Transport;

namespace Presence.Sessions.Administration;

/// <summary>
/// What an administrator sees and does at one gateway: its own sessions and counters, and by way of the users' grains
/// the sessions of a user wherever they are.
/// </summary>
public sealed class GatewayAdministration
{
    /// <summary>What a session is told that an administrator ends: it is over, and its user may log in again.</summary>
    public const string KickReason = "deactivated";

    /// <summary>Most sessions in one list: 10 000.</summary>
    public const int MaxListed = 10_000;

    /// <summary>Longest announcement: 1 000 characters.</summary>
    public const int MaxAnnouncement = 1000;

    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(5);

    private readonly Gateway _gateway;
    private readonly ISessionHost _host;
    private readonly Intake _intake;
    private readonly IGrainFactory _grains;
    private readonly HostedDomains _domains;
    private readonly IEnumerable<IPeerReports> _peers;

    internal GatewayAdministration(
        Gateway gateway, ISessionHost host, Intake intake, IGrainFactory grains, HostedDomains domains,
        IEnumerable<IPeerReports> peers)
    {
        _gateway = gateway;
        _host = host;
        _intake = intake;
        _grains = grains;
        _domains = domains;
        _peers = peers;
    }

    /// <summary>Domains whose users live here.</summary>
    public IReadOnlyList<Domain> Hosted => _domains.All;

    /// <summary>Domains that are known from links, by name.</summary>
    public IReadOnlyList<PeerReport> Peers =>
        [.. _peers.SelectMany(peers => peers.List()).OrderBy(peer => peer.Domain, StringComparer.Ordinal)];

    /// <summary>The sessions of this gateway, by user and endpoint.</summary>
    /// <param name="user">Only those of this user; null for all.</param>
    /// <param name="most">How many at most, 1–<see cref="MaxListed"/>.</param>
    public IReadOnlyList<SessionReport> Sessions(Address? user, int most) =>
    [
        .. (user is { } one ? _gateway.SessionsOf(one) : _gateway.Sessions)
            .Select(ReportOf).OfType<SessionReport>()
            .OrderBy(session => session.User, StringComparer.Ordinal)
            .ThenBy(session => session.Endpoint, StringComparer.Ordinal)
            .Take(Math.Clamp(most, 1, MaxListed)),
    ];

    /// <summary>Ends one session of this gateway with <c>421 0 deactivated</c>; it cannot be resumed.</summary>
    /// <returns>False if there is no such session here.</returns>
    public async Task<bool> Kick(string session) =>
        _gateway.Find(session) is { Endpoint: { } endpoint, User: var user }
        && await _grains.GetUser(user).EndSessions(endpoint, session, KickReason) > 0;

    /// <summary>Ends the sessions of a user, at whatever gateway they are.</summary>
    /// <param name="address">As typed.</param>
    /// <param name="endpoint">Only the session of this endpoint; null for all.</param>
    /// <returns>How many there were, or why nobody was looked for.</returns>
    public async Task<(int Ended, AdminRefusal? Refused)> Kick(string? address, string? endpoint)
    {
        if (!NewAccount.TryReadUser(address, out var user, out var why))
            return (0, AdminRefusal.Bad(why));
        return _domains.Contains(user.Domain)
            ? (await _grains.GetUser(user).EndSessions(endpoint, session: null, KickReason), null)
            : (0, AdminRefusal.NotFound($"The domain {user.Domain} is not hosted here."));
    }

    /// <summary>Says something to every session of this gateway: <c>INFO what=announcement</c>.</summary>
    /// <param name="text">For people, 1–<see cref="MaxAnnouncement"/> characters.</param>
    /// <returns>How many sessions took it, or what is wrong with the text.</returns>
    public (int Told, AdminRefusal? Refused) Announce(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > MaxAnnouncement || text.Contains('\0'))
            return (0, AdminRefusal.Bad($"An announcement has 1-{MaxAnnouncement} characters."));
        return (
            _gateway.Sessions.Count(session => session.Outbox.TryPut(
                new InfoEvent(session.User.Domain, "announcement", text, _gateway.Clock.Now))),
            null);
    }

    /// <summary>
    /// Sends everybody away with <c>421 0 going-down</c> and takes nobody any more, until the node is stopped and
    /// started again. Waits 5 s at most until all are gone.
    /// </summary>
    /// <returns>How many connections are still open.</returns>
    public async Task<int> Drain(CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(DrainTime, _gateway.Clock.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        await _host.Drain(either.Token);
        return _gateway.Counters.Open;
    }

    public GatewayReport Report()
    {
        var sessions = _gateway.Sessions.ToList();
        var queued = sessions.Select(session => session.Outbox.Depth).ToList();
        return new GatewayReport(
            _gateway.Id, _gateway.Started, _intake.IsClosed, _gateway.Counters.Open, sessions.Count, _gateway.ParkedCount,
            sessions.Select(session => session.User).Distinct().Count(), sessions.Sum(session => session.Watches.Count),
            new QueueDepth(queued.Sum(q => q.Events), queued.Sum(q => q.Unsent), queued.Sum(q => q.Octets)),
            _gateway.Counters.Read());
    }

    /// <summary>Null for one that has just ended.</summary>
    private static SessionReport? ReportOf(Session session) => session is { Id: { } id, Endpoint: { } endpoint }
        ? new SessionReport(
            id, session.User.ToString(), endpoint, session.Connection is null, session.Transport.Kind,
            session.Transport.Remote, session.Since, session.Outbox.Depth, session.Watches.Count)
        : null;
}
