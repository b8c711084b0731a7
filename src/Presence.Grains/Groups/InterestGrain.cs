using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Presence.Contracts;
using Presence.Contracts.Groups;
using Presence.Contracts.Nearby;
using Presence.Contracts.Routes;
using Presence.Grains.Metrics;
using Presence.Grains.Users;
using Presence.Model.Addresses;
using Presence.Model.Groups;
using Presence.Model.Messages;
using Presence.Model.Replies;

namespace Presence.Grains.Groups;

internal sealed partial class InterestGrain : Grain, IInterestGrain
{
    private readonly IPersistentState<InterestRecord> _record;
    private readonly IOptions<GroupOptions> _options;
    private readonly ILogger _logger;
    private readonly Fanout _fanout;

    public InterestGrain(
        [PersistentState("interest", PresenceGrainsExtensions.StorageName)] IPersistentState<InterestRecord> record,
        IOptions<GroupOptions> options,
        GrainMetrics metrics,
        UserDesks desks,
        NearGateway near,
        ILogger<InterestGrain> logger)
    {
        _record = record;
        _options = options;
        _logger = logger;
        _fanout = new Fanout(
            new MemberPost(this.GetPrimaryKeyString(), GrainFactory, desks, near, logger),
            _options.Value.MaxUnderWay, metrics);
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        try
        {
            await _fanout.Idle().WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            LogCut(_logger, this.GetPrimaryKeyString());
        }
    }

    public async Task<Refusal?> Join(Address who, ClassPattern pattern)
    {
        var all = _record.State.Listeners;
        if (all.GetValueOrDefault(pattern.ToString())?.Contains(who.ToString()) == true)
            return null;
        if (all.Values.Sum(people => people.Count) >= _options.Value.MaxListeners)
            return Refusal.TooMany;
        if (await GrainFactory.GetMemberships(who).NoteInterest(pattern) is { } tooMany)
            return tooMany;
        if (!all.TryGetValue(pattern.ToString(), out var listeners))
            all[pattern.ToString()] = listeners = [];
        listeners.Add(who.ToString());
        await _record.WriteStateAsync();
        return null;
    }

    public async Task Leave(Address who, ClassPattern pattern)
    {
        var all = _record.State.Listeners;
        if (!all.TryGetValue(pattern.ToString(), out var listeners) || !listeners.Remove(who.ToString()))
            return;
        if (listeners.Count == 0)
            all.Remove(pattern.ToString());
        await _record.WriteStateAsync();
        await GrainFactory.GetMemberships(who).ForgetInterest(pattern);
        await _fanout.Forget(who);
    }

    public Task<ImmutableArray<Address>> MembersOf(ClassPattern pattern) => Task.FromResult(
        _record.State.Listeners.TryGetValue(pattern.ToString(), out var listeners)
            ? listeners.Select(StoredText.Address).ToImmutableArray()
            : []);

    public Task<bool> Post(InstantMessage message)
    {
        if (!ClassPattern.TryParse(message.Class, out var name))
            return Task.FromResult(true);
        var recipients = _record.State.Listeners
            .Where(entry => ClassPattern.Parse(entry.Key).Matches(name))
            .SelectMany(entry => entry.Value)
            .Distinct(StringComparer.Ordinal)
            .Select(StoredText.Address)
            .Where(who => !who.Equals(message.From))
            .ToList();
        return Task.FromResult(_fanout.TryPost(new MessageNotice(message, IsRequest: false), recipients));
    }

    [LoggerMessage(3013, LogLevel.Warning, "Interest {Interest} was taken out of memory while messages were under way.")]
    private static partial void LogCut(ILogger logger, string interest);
}

/// <summary>Stored form of one bucket of interests: who listens, by pattern.</summary>
[GenerateSerializer, Alias("presence.s.interest")]
internal sealed class InterestRecord
{
    [Id(0)] public Dictionary<string, HashSet<string>> Listeners { get; set; } = new(StringComparer.Ordinal);
}
