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
        var items = endpoints
            .Where(endpoint => endpoint.Priority >= 0 && !StatusToken.IsOffline(endpoint.Status))
            .OrderBy(endpoint => endpoint.Name, StringComparer.Ordinal)
            .SelectMany(endpoint => Items(properties, endpoint.Name))
            .Distinct(StringComparer.Ordinal);
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
