using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Presence.Contracts.Nearby;
using Presence.Contracts.Routes;
using Presence.Contracts.Users;
using Presence.Grains.Gateways;
using Presence.Model.Addresses;
using Presence.Model.Composition;
using Presence.Model.Properties;
using Presence.Model.Replies;

namespace Presence.Grains.Users;

/// <summary>
/// The endpoints of one user that are bound to sessions, and the way to each. Some may be parked: their sessions have lost
/// their connections and wait to be resumed.
/// </summary>
internal sealed partial class EndpointTable(
    Func<int> maxEndpoints, Address user, GatewayWatch gateways, NearGateway near, ILogger logger)
{
    private readonly Dictionary<string, EndpointBinding> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ParkedEndpoint> _parked = new(StringComparer.Ordinal);

    /// <summary>Is run after each change.</summary>
    public Action? Changed { private get; set; }

    public bool IsEmpty => _byName.Count == 0;

    public IReadOnlyDictionary<string, int> Priorities =>
        _byName.ToDictionary(pair => pair.Key, pair => pair.Value.Priority, StringComparer.Ordinal);

    public EndpointBinding? Find(string endpoint) => _byName.GetValueOrDefault(endpoint);

    public IEnumerable<EndpointBinding> All => _byName.Values;

    /// <summary>When something falls due for a parked endpoint, or null.</summary>
    public DateTimeOffset? NextReview =>
        _parked.Count == 0 ? null : _parked.Values.Min(p => p.IsHidden || p.GoneAt < p.HiddenAt ? p.GoneAt : p.HiddenAt);

    /// <summary>Why the binding cannot be made, or null. A parked endpoint is not in use and makes room.</summary>
    public Refusal? Check(EndpointBinding binding) =>
        _byName.ContainsKey(binding.Endpoint)
            ? binding.TakesOver || _parked.ContainsKey(binding.Endpoint) ? null : Refusal.Conflict
            : _byName.Count >= maxEndpoints() && _parked.Count == 0 ? Refusal.TooMany
            : null;

    /// <summary>The session that must make room for this one: it has the name, or was parked longest of too many.</summary>
    public EndpointBinding? Displaced(EndpointBinding binding) =>
        Find(binding.Endpoint) is { } same ? same
        : _byName.Count < maxEndpoints() ? null
        : Find(_parked.MinBy(parked => parked.Value.GoneAt).Key);

    public void Put(EndpointBinding binding)
    {
        _byName[binding.Endpoint] = binding;
        _parked.Remove(binding.Endpoint);
        Changed?.Invoke();
    }

    /// <summary>
    /// A session is new here: what is sent from now on is copied to it and from it, as its endpoint and the others wish.
    /// </summary>
    public Task AskForCopies(EndpointBinding binding)
    {
        var others = _byName.Values.Where(bound => bound.Session != binding.Session).ToList();
        List<EndpointBinding> asked = binding.CopiesSent ? [.. others] : [];
        if (others.Exists(bound => bound.CopiesSent))
            asked.Add(binding);
        return Task.WhenAll(asked.Select(bound => WantCopies(bound, areWanted: true)));
    }

    /// <summary>Those that get a copy of what this session sends; if there are none its gateway is told so.</summary>
    public IReadOnlyList<string> TakersOfCopies(string session)
    {
        IReadOnlyList<string> takers =
            [.. _byName.Values.Where(bound => bound.CopiesSent && bound.Session != session).Select(bound => bound.Session)];
        if (takers.Count == 0 && FindSession(session) is { } sender)
            _ = WantCopies(sender, areWanted: false); // Not awaited: a gateway that does not hear it offers more. It never throws.
        return takers;
    }

    /// <summary>The same session at another gateway.</summary>
    public void Move(EndpointBinding binding)
    {
        _byName[binding.Endpoint] = binding;
        Changed?.Invoke();
    }

    public EndpointBinding? FindSession(string session) => _byName.Values.FirstOrDefault(b => b.Session == session);

    public bool Holds(string endpoint, string session) => Find(endpoint)?.Session == session;

    /// <summary>False if the endpoint belongs to another session by now.</summary>
    public bool Remove(string endpoint, string session)
    {
        if (!Holds(endpoint, session))
            return false;
        _parked.Remove(endpoint);
        _byName.Remove(endpoint);
        Changed?.Invoke();
        return true;
    }

    /// <summary>The session has lost its connection; what it shows is hidden when its grace is over.</summary>
    public void Park(EndpointBinding bound, DateTimeOffset now, TimeSpan resumeTime) =>
        _parked[bound.Endpoint] = new ParkedEndpoint(now + bound.Grace, now + resumeTime);

    /// <summary>Notes what it showed when it was hidden.</summary>
    public void Hide(string endpoint, NodeProperties before, long version)
    {
        _parked[endpoint] = _parked[endpoint] with { Shown = before.OfEndpoint(endpoint), Version = version };
        Changed?.Invoke();
    }

    /// <summary>The session has a connection again; null if it was not parked.</summary>
    public ParkedEndpoint? Unpark(string endpoint)
    {
        if (!_parked.Remove(endpoint, out var parked))
            return null;
        Changed?.Invoke();
        return parked;
    }

    public IReadOnlyList<string> DueToHide(DateTimeOffset now) =>
        [.. _parked.Where(p => !p.Value.IsHidden && p.Value.HiddenAt <= now).Select(p => p.Key)];

    public IReadOnlyList<EndpointBinding> DueToGo(DateTimeOffset now) =>
        [.. _parked.Where(p => p.Value.GoneAt <= now).Select(p => _byName[p.Key])];

    /// <summary>Endpoints that messages go to: shown, and with a priority that is not negative.</summary>
    public IReadOnlyList<EndpointBinding> Reachable(NodeProperties properties) =>
    [
        .. _byName.Values.Where(bound => bound.Priority >= 0
            && _parked.GetValueOrDefault(bound.Endpoint)?.IsHidden != true
            && !StatusToken.IsOffline(properties[StandardPaths.OfEndpoint(bound.Endpoint, "status")]?.Value.Text)),
    ];

    /// <summary>
    /// Hands a notice to one session. False if it was not taken; null if its gateway does not answer, which may have taken it.
    /// </summary>
    public ValueTask<bool?> Deliver(EndpointBinding bound, SessionNotice notice) => near.At(bound.Inbox) is { } inbox
        ? new ValueTask<bool?>(inbox.Take(bound.Session, notice))
        : new ValueTask<bool?>(Ask<bool?>(bound, async far => await far.Deliver(bound.Session, [notice])));

    /// <summary>False if a gateway did not answer, which may have taken it all the same.</summary>
    public async Task<bool> DeliverToAll(SessionNotice notice)
    {
        var isSure = true;
        foreach (var bound in _byName.Values.ToList())
            isSure &= await Deliver(bound, notice) is not null;
        return isSure;
    }

    /// <summary>Hands notices of which no account is kept to all sessions, in their order.</summary>
    public async Task DeliverToAll(ImmutableArray<SessionNotice> notices)
    {
        if (notices.IsEmpty)
            return;
        foreach (var bound in _byName.Values.ToList())
        {
            if (near.At(bound.Inbox) is { } inbox)
            {
                foreach (var notice in notices)
                    inbox.Take(bound.Session, notice);
            }
            else
            {
                await Ask<bool?>(bound, async far => await far.Deliver(bound.Session, notices));
            }
        }
    }

    /// <summary>Asks the gateway that has the session to give it away; null if that gateway does not answer.</summary>
    public Task<HandOverAnswer?> HandOver(EndpointBinding bound, TakeOverRequest request) => Ask<HandOverAnswer?>(
        bound, async inbox => await inbox.HandOver(bound.Session, user, request.Key, request.Seen));

    /// <summary>Ends the session at its gateway; one that does not answer finds out when it asserts the session.</summary>
    public async Task Close(EndpointBinding bound, string reason)
    {
        var isTold = await Ask(bound, async inbox =>
        {
            await inbox.Close(bound.Session, reason);
            return true;
        });
        if (!isTold)
            await gateways.Repair(bound.Route, user);
    }

    /// <summary>
    /// Nothing if the gateway does not answer. The grain waits once and not for each thing that it has to tell: all that
    /// its user does meanwhile, coming to another gateway too, would wait with it.
    /// </summary>
    private async Task<T?> Ask<T>(EndpointBinding bound, Func<IGatewayInbox, Task<T>> ask)
    {
        if (gateways.IsMute(bound.Route))
            return default;
        try
        {
            return await ask(bound.Inbox);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            if (exception is TimeoutException)
                gateways.Mute(bound.Route);
            LogDeadGateway(logger, bound.Session, exception);
            return default;
        }
    }

    private async Task WantCopies(EndpointBinding bound, bool areWanted)
    {
        var isTold = await Ask(bound, async inbox =>
        {
            await inbox.WantCopies(bound.Session, areWanted);
            return true;
        });
        if (!isTold && areWanted)
            await gateways.Repair(bound.Route, user);
    }

    [LoggerMessage(3002, LogLevel.Warning, "The gateway of session {Session} did not answer.")]
    private static partial void LogDeadGateway(ILogger logger, string session, Exception exception);
}
