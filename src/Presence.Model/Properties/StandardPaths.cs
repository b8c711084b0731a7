using Presence.Model.Addresses;

namespace Presence.Model.Properties;

/// <summary>Paths that the rules know by name. Every other name is free (docs/protocol/properties.md).</summary>
public static class StandardPaths
{
    public static readonly PropertyPath Status = Of("status");
    public static readonly PropertyPath Note = Of("note");
    public static readonly PropertyPath Capabilities = Of("caps");
    public static readonly PropertyPath Kind = Of("kind");
    public static readonly PropertyPath NodeId = Of("nid");
    public static readonly PropertyPath Created = Of("created");
    public static readonly PropertyPath Inbox = Of("inbox");
    public static readonly PropertyPath Members = Of("members");
    public static readonly PropertyPath MemberCount = Of("member-count");
    public static readonly PropertyPath Endpoints = Of("ep");
    public static readonly PropertyPath Name = Of("name");
    public static readonly PropertyPath Contacts = Of("contacts");
    public static readonly PropertyPath Forward = Of("forward");
    public static readonly PropertyPath ForwardMode = Forward.Append("mode");
    public static readonly PropertyPath ReceiptPolicy = Of("privacy").Append("receipts");
    public static readonly PropertyPath PeerPolicy = Of("privacy").Append("p2p");
    public static readonly PropertyPath FindPolicy = Of("privacy").Append("find");

    public static readonly PropertyPath PrivacyMode = Of("privacy").Append("mode");
    public static readonly PropertyPath PrivacyOnlyMode = Of("privacy").Append("only-mode");
    public static readonly PropertyPath PrivacyGroups = Of("privacy").Append("groups");
    public static readonly PropertyPath PrivacyQueries = Of("privacy").Append("queries");
    public static readonly PropertyPath Watchers = Of("watchers");
    public static readonly PropertyPath Lists = Of("lists");

    /// <summary>Write-only: <c>pass/&lt;id&gt;</c> takes a passphrase and shows nothing (docs/protocol/access.md, "Passphrases").</summary>
    public static readonly PropertyPath Passphrases = Of("pass");

    /// <summary>The properties that the bundle name <c>presence</c> stands for.</summary>
    public static readonly IReadOnlyList<PropertyPath> PresenceBundle =
        [Status, Note, Of("activity"), Of("mood"), Of("place"), Of("tz"), Of("icon")];

    // Looked up as they are written, for every line of an access list: their names need no escapes.
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Presence =
        Names([.. PresenceBundle.Select(path => path.ToString())]);

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> ReadOnly =
        Names("kind", "nid", "created", "inbox", "watchers", "lists", "members", "member-count", "messages");

    /// <summary>True for what the server alone writes, and for virtual properties that hold nothing.</summary>
    public static bool IsReadOnly(PropertyPath path) => ReadOnly.Contains(path.FirstWritten);

    public static bool IsUnderEndpoints(PropertyPath path) => path.FirstWritten is "ep";

    public static bool IsPresence(PropertyPath path) => Presence.Contains(path.FirstWritten);

    /// <summary>The path of one property of one endpoint, for example <c>ep/desk/status</c>.</summary>
    public static PropertyPath OfEndpoint(string endpoint, string name) => Endpoints.Append(endpoint).Append(name);

    private static HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Names(params string[] names) =>
        new HashSet<string>(names, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    private static PropertyPath Of(string name) => PropertyPath.Root.Append(name);
}
