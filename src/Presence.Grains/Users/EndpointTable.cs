using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Presence.Contracts.Routes;
using Presence.Contracts.Users;
using Presence.Model.Composition;
using Presence.Model.Properties;
using Presence.Model.Replies;

namespace Presence.Grains.Users;

/// <summary>The endpoints of one user that are bound to sessions now, and the way to each.</summary>
internal sealed partial class EndpointTable(int maxEndpoints, ILogger logger)
{
    private readonly Dictionary<string, EndpointBinding> _byName = new(StringComparer.Ordinal);

    public bool IsEmpty => _byName.Count == 0;

    public IReadOnlyDictionary<string, int> Priorities =>
        _byName.ToDictionary(pair => pair.Key, pair => pair.Value.Priority, StringComparer.Ordinal);

    public EndpointBinding? Find(string endpoint) => _byName.GetValueOrDefault(endpoint);

    public IEnumerable<EndpointBinding> All => _byName.Values;

    /// <summary>Why the binding cannot be made, or null.</summary>
    public Refusal? Check(EndpointBinding binding) =>
        _byName.ContainsKey(binding.Endpoint) ? binding.TakesOver ? null : Refusal.Conflict
        : _byName.Count >= maxEndpoints ? Refusal.TooMany
        : null;

    public void Put(EndpointBinding binding) => _byName[binding.Endpoint] = binding;

    /// <summary>False if the endpoint belongs to another session by now.</summary>
    public bool Remove(string endpoint, string session) =>
        _byName.TryGetValue(endpoint, out var bound) && bound.Session == session && _byName.Remove(endpoint);

    /// <summary>Endpoints that messages go to: shown, and with a priority that is not negative.</summary>
    public IReadOnlyList<EndpointBinding> Reachable(NodeProperties properties) =>
    [
        .. _byName.Values.Where(bound => bound.Priority >= 0
            && !StatusToken.IsOffline(properties[StandardPaths.OfEndpoint(bound.Endpoint, "status")]?.Value.Text)),
    ];

    /// <summary>Hands notices to one session. False if they were not taken; a gateway that does not answer counts as gone.</summary>
    public async Task<bool> Deliver(EndpointBinding bound, params ImmutableArray<SessionNotice> notices)
    {
        try
        {
            return await bound.Inbox.Deliver(bound.Session, notices);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogDeadGateway(logger, bound.Session, exception);
            return false;
        }
    }

    public async Task DeliverToAll(SessionNotice notice)
    {
        foreach (var bound in _byName.Values.ToList())
            await Deliver(bound, notice);
    }

    public async Task Close(EndpointBinding bound, string reason)
    {
        try
        {
            await bound.Inbox.Close(bound.Session, reason);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogDeadGateway(logger, bound.Session, exception);
        }
    }

    [LoggerMessage(3002, LogLevel.Warning, "The gateway of session {Session} did not answer.")]
    private static partial void LogDeadGateway(ILogger logger, string session, Exception exception);
}
