using Presence.Model.Groups;

namespace Presence.Grains.Groups;

/// <summary>Who may create nodes, and how much. Configuration section <c>Presence:Groups</c>.</summary>
public sealed class GroupOptions
{
    public const string Section = "Presence:Groups";

    /// <summary>
    /// Who may CREATE groups, services and devices at an address of a domain: its <c>Users</c> (default) or <c>Nobody</c>.
    /// Everybody else gets 403.
    /// </summary>
    public CreationPolicy Create { get; init; } = CreationPolicy.Users;

    /// <summary>Nodes that one user may have made: 1–10 000, default 100; one more is refused with 431.</summary>
    public int MaxOwned { get; init; } = 100;

    /// <summary>Groups that one user may belong to: 1–10 000, default 1 000; one more is refused with 431.</summary>
    public int MaxJoined { get; init; } = 1_000;

    /// <summary>Members of one group: 1–10 000, default 1 000; one more is refused with 431.</summary>
    public int MaxMembers { get; init; } = 1_000;

    /// <summary>Interests of one user: 1–1 000, default 100; one more is refused with 431.</summary>
    public int MaxInterests { get; init; } = 100;

    /// <summary>
    /// Interests kept under one first token of a domain: 1–100 000, default 10 000; one more is refused with 431.
    /// </summary>
    public int MaxListeners { get; init; } = 10_000;

    /// <summary>
    /// Messages of one group or interest that are on their way to members: 1–4 096, default 256. Beyond it SEND is
    /// refused with 503.
    /// </summary>
    public int MaxUnderWay { get; init; } = 256;

    internal GroupLimits Limits => GroupLimits.Default with { MaxMembers = MaxMembers };
}

/// <summary>Who may create nodes.</summary>
public enum CreationPolicy
{
    Users = 0,
    Nobody = 1,
}
