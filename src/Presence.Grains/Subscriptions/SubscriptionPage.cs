namespace Presence.Grains.Subscriptions;

/// <summary>Stored form of some of the watchers of one node, when there are too many for one record.</summary>
[GenerateSerializer, Alias("presence.s.watchers")]
internal sealed class SubscriptionPage
{
    [Id(0)] public List<SubscriptionRecord.Entry> Entries { get; set; } = [];
}
