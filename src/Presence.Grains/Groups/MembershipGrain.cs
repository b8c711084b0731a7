using Microsoft.Extensions.Options;
using Presence.Contracts.Groups;
using Presence.Model.Addresses;
using Presence.Model.Groups;
using Presence.Model.Replies;

namespace Presence.Grains.Groups;

internal sealed class MembershipGrain(
    [PersistentState("memberships", PresenceGrainsExtensions.StorageName)] IPersistentState<MembershipRecord> record,
    IOptions<GroupOptions> options)
    : Grain, IMembershipGrain
{
    public Task<Refusal?> NoteOwn(Address node) => Note(record.State.Own, node.ToString(), options.Value.MaxOwned);

    public Task<Refusal?> NoteGroup(Address group) =>
        Note(record.State.Groups, group.ToString(), options.Value.MaxJoined);

    public async Task Forget(Address node)
    {
        var text = node.ToString();
        if (record.State.Own.Remove(text) | record.State.Groups.Remove(text))
            await record.WriteStateAsync();
    }

    public Task<Refusal?> NoteInterest(ClassPattern pattern) =>
        Note(record.State.Interests, pattern.ToString(), options.Value.MaxInterests);

    public async Task ForgetInterest(ClassPattern pattern)
    {
        if (record.State.Interests.Remove(pattern.ToString()))
            await record.WriteStateAsync();
    }

    public Task<Memberships> List() => Task.FromResult(new Memberships(
        [.. record.State.Own.Union(record.State.Groups).Select(StoredText.Address)],
        [.. record.State.Interests.Select(ClassPattern.Parse)]));

    public Task Clear() => record.RecordExists ? record.ClearStateAsync() : Task.CompletedTask;

    private async Task<Refusal?> Note(List<string> noted, string text, int max)
    {
        if (noted.Contains(text))
            return null;
        if (noted.Count >= max)
            return Refusal.TooMany;
        noted.Add(text);
        await record.WriteStateAsync();
        return null;
    }
}

/// <summary>Stored form of what a user belongs to.</summary>
[GenerateSerializer, Alias("presence.s.memberships")]
internal sealed class MembershipRecord
{
    /// <summary>Nodes that the user made.</summary>
    [Id(0)] public List<string> Own { get; set; } = [];

    [Id(1)] public List<string> Groups { get; set; } = [];

    [Id(2)] public List<string> Interests { get; set; } = [];
}
