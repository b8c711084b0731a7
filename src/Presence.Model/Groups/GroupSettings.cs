using System.Collections.Immutable;
using System.Globalization;
using Presence.Model.Access;
using Presence.Model.Addresses;
using Presence.Model.Properties;

namespace Presence.Model.Groups;

/// <summary>
/// The properties of a group that are its policy: <c>join</c>, <c>send</c>, <c>list</c>, <c>anon</c>, <c>rule</c>,
/// <c>max</c>. They are written like any property, but only with words that mean something.
/// </summary>
public static class GroupSettings
{
    private static readonly string[] JoinWords = ["open", "ask", "invite", "closed"];
    private static readonly string[] AudienceWords = ["all", "members", "moderators", "nobody"];
    private static readonly string[] Names = ["join", "send", "list", "anon", "rule", "max"];

    private static readonly (string Name, string Value)[] Defaults =
        [("join", "ask"), ("send", "members"), ("list", "members")];

    /// <summary>What a group begins with: what its creator wrote, and the defaults of the settings that he left out.</summary>
    /// <param name="asked">What he wrote.</param>
    /// <param name="profile">Under <see cref="AccessProfile.Strict"/> nobody can ask to join.</param>
    public static ImmutableArray<PropertyChange> WithDefaults(
        ImmutableArray<PropertyChange> asked, AccessProfile profile = AccessProfile.Standard) =>
    [
        .. Defaults
            .Select(d => d.Name == "join" && profile == AccessProfile.Strict ? (d.Name, Value: "invite") : d)
            .Select(d => new PropertyChange(PropertyPath.Root.Append(d.Name), PropertyValue.OfText(d.Value)))
            .Where(change => !asked.Any(a => a.Path == change.Path)),
        .. asked,
    ];

    public static bool IsSetting(PropertyPath path) => path.Count == 1 && Names.Contains(path.First);

    /// <summary>The name of the first setting with a value that means nothing, or null. A deletion brings the default back.</summary>
    public static string? FirstFault(IEnumerable<PropertyChange> changes) =>
        changes.FirstOrDefault(c => IsSetting(c.Path) && !IsGood(c))?.Path.First;

    /// <summary>The policy that these properties say; what is missing is the default.</summary>
    public static GroupPolicy Read(NodeProperties properties)
    {
        string? Text(string name) => properties[PropertyPath.Root.Append(name)]?.Value.Text;
        var fallback = GroupPolicy.Default;
        return new GroupPolicy(
            Index(JoinWords, Text("join")) is { } join ? (JoinPolicy)join : fallback.Join,
            Index(AudienceWords, Text("send")) is { } send ? (Audience)send : fallback.Send,
            Index(AudienceWords, Text("list")) is { } list ? (Audience)list : fallback.List,
            Text("anon") == "yes",
            Text("rule") is { } rule && GroupRule.TryParse(rule, out var known) ? known : null,
            Text("max") is { } max && TryMax(max, out var most) ? most : null);
    }

    // A policy that ends by itself would open or close a group while nobody looks, so a setting has no lease.
    private static bool IsGood(PropertyChange change) => change.Value is not { } value
        || (change.Lease is null && value.Text is { } text && IsGood(change.Path.First!, text));

    private static bool IsGood(string name, string text) => name switch
    {
        "join" => JoinWords.Contains(text),
        "send" => AudienceWords.Contains(text) && text != "nobody",
        "list" => AudienceWords.Contains(text),
        "anon" => text is "yes" or "no",
        "rule" => GroupRule.TryParse(text, out _),
        _ => TryMax(text, out _),
    };

    private static bool TryMax(string text, out int max) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out max) && max >= 1;

    private static int? Index(string[] words, string? word) =>
        word is not null && Array.IndexOf(words, word) is var index and >= 0 ? index : null;
}
