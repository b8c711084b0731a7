using System.Globalization;
using Presence.Contracts.Users;
using Presence.Model.Access;
using Presence.Model.Addresses;
using Presence.Model.Messages;
using Presence.Model.Properties;
using Presence.Model.Subscriptions;
using Presence.Model.Substitution;

namespace Presence.Grains.Users;

/// <summary>What a user grain knows, as lines that its user can be handed.</summary>
internal static class UserExport
{
    public static IEnumerable<ExportedItem> OfProperties(NodeProperties properties) =>
        properties.All.Values.Select(property => Of("property", property));

    /// <summary>Former values, which somebody who was shut out politely still sees.</summary>
    public static IEnumerable<ExportedItem> OfPast(PastViews past) =>
        past.Kept.Select(kept => Of("past", kept.Value))
            .Concat(past.Moments.Values.SelectMany(moment => moment.Replaced).Select(property => Of("past", property)));

    public static IEnumerable<ExportedItem> OfAccess(NodeAccess access) =>
    [
        .. access.Added.Entries.Select(entry => new ExportedItem(
            "approval", entry.Principal.ToString(), entry.ToString(), Person: entry.Principal.Named)),
        .. access.Lists.SelectMany(list =>
            list.Value.Entries.Select(entry => new ExportedItem("acl", list.Key.ToString(), entry.ToString()))),
        .. access.Persons.Entries.Select(entry => new ExportedItem(
            Word(entry.Effect), entry.Who.ToString(),
            RightsWords.Format(entry.Scope) + (entry.IsExplicit ? " explicit" : ""), Person: entry.Who.Named)),
    ];

    public static ExportedItem Of(Subscription entry) => new(
        "watcher", entry.Watcher.ToString(), string.Create(
            CultureInfo.InvariantCulture, $"{entry.Id} ~/{entry.Path} {entry.State} until {entry.Expires:u}"), entry.Since,
        entry.Watcher);

    public static ExportedItem Of(PastQuery query) => new(
        "query", query.Who, string.Create(CultureInfo.InvariantCulture, $"{query.Count} times, {query.Denied} refused"), query.Last,
        Address.TryParseCanonical(query.Who, out var asker, out _) ? asker : null);

    public static ExportedItem Of(WatchedNode watched) => new(
        "watches", $"{watched.Node}/{watched.Path}",
        string.Create(CultureInfo.InvariantCulture, $"{watched.Id} until {watched.Expires:u}"), Person: watched.Node);

    /// <summary>A message that waits for the user's decision, or for his next session.</summary>
    public static ExportedItem Of(InstantMessage message) =>
        new("message", message.From.ToString(), DataUrl(message.Body.Span, message.Type), message.SentAt, message.From);

    private static ExportedItem Of(string what, Property property) => new(
        what, property.Path.ToString(),
        property.Value.Text ?? DataUrl(property.Value.Body.Span, property.Value.Type!), property.ChangedAt);

    private static string DataUrl(ReadOnlySpan<byte> octets, string type) =>
        $"data:{type};base64,{Convert.ToBase64String(octets)}";

    private static string Word(PersonEffect effect) => effect switch
    {
        PersonEffect.Block => "block",
        PersonEffect.Allow => "allow",
        _ => "was-allowed",
    };
}
