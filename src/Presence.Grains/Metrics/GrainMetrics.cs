using System.Diagnostics.Metrics;

namespace Presence.Grains.Metrics;

/// <summary>
/// What the grains of this silo count (docs/operations/metrics.md). No label names a person or tells who is shut out.
/// </summary>
internal sealed class GrainMetrics
{
    private readonly Counter<long> _publications;
    private readonly Counter<long> _batches;
    private readonly Counter<long> _lost;
    private readonly Counter<long> _coalesced;
    private readonly Counter<long> _held;
    private readonly Counter<long> _copies;
    private readonly Counter<long> _crossings;
    private readonly UpDownCounter<long> _underWay;

    public GrainMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(PresenceGrainsExtensions.MeterName);
        _publications = meter.CreateCounter<long>(
            "presence.grains.publications", "{publication}", "Publications of nodes: one call to the subscriptions each.");
        _batches = meter.CreateCounter<long>(
            "presence.grains.batches", "{batch}", "Batches handed to routes.");
        _lost = meter.CreateCounter<long>(
            "presence.grains.batches.lost", "{batch}", "Batches that a route did not take.");
        _coalesced = meter.CreateCounter<long>(
            "presence.grains.coalesced", "{notification}", "Changes that a newer one replaced before they were published.");
        _held = meter.CreateCounter<long>(
            "presence.grains.refusals", "{refusal}", "What a limit has held up or refused, by limit.");
        _copies = meter.CreateCounter<long>(
            "presence.grains.group.copies", "{message}", "Copies of group messages handed to members.");
        _crossings = meter.CreateCounter<long>(
            "presence.grains.group.crossings", "{call}", "Calls to gateways with messages of groups: one for all members there.");
        _underWay = meter.CreateUpDownCounter<long>(
            "presence.grains.group.queue", "{message}", "Messages of groups that are on their way to members.");
    }

    public void Published() => _publications.Add(1);

    public void Sent() => _batches.Add(1);

    public void Lost() => _lost.Add(1);

    public void Coalesced(int count)
    {
        if (count > 0)
            _coalesced.Add(count);
    }

    public void Held(string limit) => _held.Add(1, new KeyValuePair<string, object?>("limit", limit));

    public void Copied() => _copies.Add(1);

    public void Crossed() => _crossings.Add(1);

    public void UnderWay(int change) => _underWay.Add(change);
}
