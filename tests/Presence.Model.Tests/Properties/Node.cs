using System.Globalization;
using Presence.Model.Addresses;
using Presence.Model.Properties;

namespace Presence.Model.Tests.Properties;

/// <summary>Short words for what the tests of a node say again and again.</summary>
internal static class Node
{
    /// <summary>A whole second, so that versions and times compare without rounding.</summary>
    public static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A node on which these texts were written at noon, in this order.</summary>
    public static NodeProperties Of(params (string Path, string Text)[] texts) =>
        NodeProperties.Empty.After(Noon, [.. texts.Select(pair => Set(pair.Path, pair.Text))]);

    public static PropertyPath Path(string path) => PropertyPath.Parse(path);

    public static PropertyChange Set(string path, string text, int? lease = null, string? then = null) => new(
        Path(path),
        PropertyValue.OfText(text),
        lease is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        then is null ? null : PropertyValue.OfText(then));

    public static PropertyChange Delete(string path) => new(Path(path), null);

    public static PropertyOutcome Apply(
        this NodeProperties node, DateTimeOffset now, params PropertyChange[] changes) =>
        node.Apply(changes, null, now, PropertyLimits.Default);

    public static PropertyOutcome ApplyIf(
        this NodeProperties node, long onlyIf, DateTimeOffset now, params PropertyChange[] changes) =>
        node.Apply(changes, onlyIf, now, PropertyLimits.Default);

    /// <summary>The node after writes that must succeed.</summary>
    public static NodeProperties After(this NodeProperties node, DateTimeOffset now, params PropertyChange[] changes)
    {
        var outcome = node.Apply(now, changes);
        Assert.Null(outcome.Refusal);
        return outcome.Properties;
    }

    public static string? Text(this NodeProperties node, string path) => node[Path(path)]?.Value.Text;

    /// <summary>What watchers are told, one word each: <c>status=away</c>, or <c>status gone</c>, and why.</summary>
    public static string[] Told(this IEnumerable<PropertyDelta> deltas) =>
    [
        .. deltas.Select(delta => string.Create(
            CultureInfo.InvariantCulture,
            $"{delta.Path}{(delta.Now is { } now ? "=" + now.Value.Text : " gone")}{(delta.Why is { } why ? $" ({why})" : "")}")),
    ];
}
