using System.Globalization;
using Presence.Grains;
using Presence.Model.Access;

namespace Presence.Hosting.Options;

/// <summary>The keys of <see cref="AccessOptions"/>.</summary>
public static class AccessOptionKeys
{
    private static readonly AccessOptions Standard = new();

    public static readonly IReadOnlyList<OptionKey> All =
    [
        new($"{AccessOptions.Section}:{nameof(Standard.Profile)}", "Standard", OptionRules.Word<AccessProfile>(),
            "Access lists of owners who have said nothing."),
        new($"{AccessOptions.Section}:{nameof(Standard.OpenToEnumeration)}", "false", OptionRules.Flag,
            "Tells strangers that an address does not exist."),
        new($"{AccessOptions.Section}:{nameof(Standard.Ceiling)}:#", "", OptionRules.AccessLine,
            "Line of an access list that owners cannot exceed."),
        new($"{AccessOptions.Section}:{nameof(Standard.Floor)}:#", "", OptionRules.AccessLine,
            "Line of an access list that owners cannot take away."),
        new($"{AccessOptions.Section}:{nameof(Standard.Administrators)}:#", "", OptionRules.User,
            "User who may lay down such lines for his domain by SETACL."),
        new($"{AccessOptions.Section}:{nameof(Standard.MaxEntries)}", Plain(Standard.MaxEntries),
            OptionRules.Whole(1, 10_000), "Lines of one list."),
        new($"{AccessOptions.Section}:{nameof(Standard.MaxLists)}", Plain(Standard.MaxLists), OptionRules.Whole(1, 256),
            "Access lists of one node."),
        new($"{AccessOptions.Section}:{nameof(Standard.MaxQueries)}", Plain(Standard.MaxQueries),
            OptionRules.Whole(0, 100_000), "Askers that a user can look back on. 0: none."),
        new($"{AccessOptions.Section}:{nameof(Standard.QueryRetention)}", Standard.QueryRetention.ToString("c"),
            OptionRules.Duration(TimeSpan.FromMinutes(1), TimeSpan.FromDays(3650)), "For how long."),
        new($"{AccessOptions.Section}:{nameof(Standard.QueryCountsOnly)}", "false", OptionRules.Flag,
            "Counts queries and keeps no names."),
    ];

    private static string Plain(int number) => number.ToString(CultureInfo.InvariantCulture);
}
