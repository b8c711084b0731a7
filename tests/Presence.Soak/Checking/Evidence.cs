using Presence.Soak.Histories;

namespace Presence.Soak.Checking;

/// <summary>The histories of a run, arranged for the rules.</summary>
internal sealed class Evidence
{
    private readonly Dictionary<(string Owner, string Peer), Timeline> _timelines = [];
    private readonly Dictionary<string, History> _byOwner;

    public Evidence(IReadOnlyList<History> histories)
    {
        Histories = histories;
        _byOwner = histories.ToDictionary(history => history.Owner, StringComparer.Ordinal);
        Sent = [.. histories.SelectMany(history => history.Calls.SelectMany(call => Checking.Sent.Of(history.Owner, call)))];
        Arrived = [.. histories.SelectMany(history =>
            history.Events.Where(told => told.Verb == "MSG").Select(told => new Arrived(history, told)))];
        ArrivedBy = Arrived.ToLookup(arrived => (arrived.From, arrived.Mid, arrived.At.Owner));
        Receipts = histories.SelectMany(history => history.Events.Where(told => told.Verb == "RECEIPT")
            .Select(told => (history.Owner, Told: told))).ToLookup(pair => (pair.Owner, pair.Told["mid"], pair.Told.Target), pair => pair.Told);
    }

    public IReadOnlyList<History> Histories { get; }

    public IReadOnlyList<Sent> Sent { get; }

    public IReadOnlyList<Arrived> Arrived { get; }

    /// <summary>By sender, message and who got it.</summary>
    public ILookup<(string From, string Mid, string At), Arrived> ArrivedBy { get; }

    /// <summary>By sender, message and recipient.</summary>
    public ILookup<(string Sender, string? Mid, string Recipient), Told> Receipts { get; }

    public History? Of(string owner) => _byOwner.GetValueOrDefault(owner);

    /// <summary>How the peer stood with the owner.</summary>
    public Timeline Between(History owner, string peer)
    {
        if (!_timelines.TryGetValue((owner.Owner, peer), out var timeline))
            _timelines[(owner.Owner, peer)] = timeline = new Timeline(owner, peer);
        return timeline;
    }
}
