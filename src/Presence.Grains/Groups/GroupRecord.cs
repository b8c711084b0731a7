using System.Collections.Immutable;
using Presence.Model.Addresses;
using Presence.Model.Groups;

namespace Presence.Grains.Groups;

/// <summary>Stored form of a group. Property names are part of the store's format.</summary>
[GenerateSerializer, Alias("presence.s.group")]
internal sealed class GroupRecord
{
    [Id(0)] public List<StoredMember> Members { get; set; } = [];

    [Id(1)] public List<StoredMember> Requests { get; set; } = [];

    [Id(2)] public List<string> Invited { get; set; } = [];

    [Id(3)] public List<string> Banned { get; set; } = [];

    [Id(4)] public JoinPolicy Join { get; set; }

    [Id(5)] public Audience Send { get; set; }

    [Id(6)] public Audience List { get; set; }

    [Id(7)] public bool IsAnonymous { get; set; }

    [Id(8)] public string? Rule { get; set; }

    [Id(9)] public int? MaxMembers { get; set; }

    public static GroupRecord Of(GroupState state, GroupPolicy policy) => new()
    {
        Members = [.. state.Members.Values.Select(StoredMember.Of)],
        Requests = [.. state.Requests.Values.Select(StoredMember.Of)],
        Invited = [.. state.Invited.Select(a => a.ToString())],
        Banned = [.. state.Banned.Select(a => a.ToString())],
        Join = policy.Join,
        Send = policy.Send,
        List = policy.List,
        IsAnonymous = policy.IsAnonymous,
        Rule = policy.Rule?.ToString(),
        MaxMembers = policy.MaxMembers,
    };

    public GroupState ToState() => new(
        Members.Select(m => m.ToMember()).ToImmutableSortedDictionary(m => m.Who, m => m),
        Requests.Select(m => m.ToRequest()).ToImmutableSortedDictionary(r => r.Who, r => r),
        [.. Invited.Select(StoredText.Address)],
        [.. Banned.Select(StoredText.Address)]);

    public GroupPolicy ToPolicy() => new(
        Join, Send, List, IsAnonymous, Rule is { } text && GroupRule.TryParse(text, out var rule) ? rule : null, MaxMembers);
}

/// <summary>Stored form of a member, or of a request to become one.</summary>
[GenerateSerializer, Alias("presence.s.group-member")]
internal sealed class StoredMember
{
    [Id(0)] public string Who { get; set; } = "";

    [Id(1)] public GroupRole Role { get; set; }

    /// <summary>Milliseconds since 1970.</summary>
    [Id(2)] public long Since { get; set; }

    [Id(3)] public List<string> Classes { get; set; } = [];

    /// <summary>For requests: politely denied.</summary>
    [Id(4)] public bool IsDenied { get; set; }

    public static StoredMember Of(GroupMember member) => new()
    {
        Who = member.Who.ToString(),
        Role = member.Role,
        Since = member.Since.ToUnixTimeMilliseconds(),
        Classes = [.. member.Classes.Select(c => c.ToString())],
    };

    public static StoredMember Of(GroupRequest request) => new()
    {
        Who = request.Who.ToString(),
        Role = GroupRole.Member,
        Since = request.Since.ToUnixTimeMilliseconds(),
        Classes = [.. request.Classes.Select(c => c.ToString())],
        IsDenied = request.IsDenied,
    };

    public GroupMember ToMember() => new(Address, Role, At, Patterns);

    public GroupRequest ToRequest() => new(Address, At, IsDenied, Patterns);

    private Address Address => StoredText.Address(Who);

    private DateTimeOffset At => DateTimeOffset.FromUnixTimeMilliseconds(Since);

    private ImmutableArray<ClassPattern> Patterns => [.. Classes.Select(ClassPattern.Parse)];
}
