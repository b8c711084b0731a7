using Presence.Model.Properties;

namespace Presence.Model.Composition;

/// <summary>
/// What can be sent to a user: everything that one of the endpoints can handle which messages reach now
/// (docs/protocol/properties.md, "Composition of status").
/// </summary>
public static class CapabilityUnion
{
    /// <summary>Characters that fit into one line beside all else; further items are left out.</summary>
    public const int MaxLength = 2048;

    /// <summary>The items of all such endpoints, each once, by name of the endpoint and in its order; null for none.</summary>
    public static PropertyValue? Of(NodeProperties properties, IEnumerable<EndpointPresence> endpoints)
    {
        // Most endpoints tell nothing of it, and each coming and going asks (bench login).
        List<(string Endpoint, string[] Items)>? able = null;
        foreach (var endpoint in endpoints)
        {
            if (endpoint.Priority >= 0 && !StatusToken.IsOffline(endpoint.Status)
                && Items(properties, endpoint.Name) is { Length: > 0 } told)
                (able ??= []).Add((endpoint.Name, told));
        }

        if (able is null)
            return null;
        var items = able.OrderBy(one => one.Endpoint, StringComparer.Ordinal)
            .SelectMany(one => one.Items).Distinct(StringComparer.Ordinal);
        var union = "";
        foreach (var item in items)
        {
            var longer = union.Length == 0 ? item : $"{union},{item}";
            if (longer.Length > MaxLength)
                break;
            union = longer;
        }

        return union.Length == 0 ? null : PropertyValue.OfText(union);
    }

    private static string[] Items(NodeProperties properties, string endpoint) =>
        StandardPaths.Endpoints.Append(endpoint).TryAppend("caps", out var path, out _)
            ? properties[path]?.Value.Text?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? []
            : [];
}
