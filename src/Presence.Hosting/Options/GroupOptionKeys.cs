using System.Globalization;
using Presence.Grains.Groups;

namespace Presence.Hosting.Options;

/// <summary>The keys of <see cref="GroupOptions"/>.</summary>
public static class GroupOptionKeys
{
    private static readonly GroupOptions Standard = new();

    public static readonly IReadOnlyList<OptionKey> All =
    [
        new($"{GroupOptions.Section}:{nameof(Standard.Create)}", Standard.Create.ToString(),
            OptionRules.OneOf(Enum.GetNames<CreationPolicy>()), "Who may create groups, services and devices."),
        Limit(nameof(Standard.MaxOwned), Standard.MaxOwned, 10_000, "Nodes that one user may have created."),
        Limit(nameof(Standard.MaxJoined), Standard.MaxJoined, 10_000, "Groups that one user may belong to."),
        Limit(nameof(Standard.MaxMembers), Standard.MaxMembers, 10_000, "Members of one group."),
        Limit(nameof(Standard.MaxInterests), Standard.MaxInterests, 1_000, "Interests of one user."),
        Limit(nameof(Standard.MaxListeners), Standard.MaxListeners, 100_000, "Interests under one first token."),
        Limit(nameof(Standard.MaxUnderWay), Standard.MaxUnderWay, 4_096, "Messages of a group on their way."),
    ];

    private static OptionKey Limit(string name, int standard, int most, string meaning) => new(
        $"{GroupOptions.Section}:{name}", standard.ToString(CultureInfo.InvariantCulture), OptionRules.Whole(1, most),
        meaning);
}
