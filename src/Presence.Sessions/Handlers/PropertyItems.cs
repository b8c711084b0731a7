using System.Buffers;
using Presence.Model.Addresses;
using Presence.Model.Properties;
using Presence.Protocol.Bodies;

namespace Presence.Sessions.Handlers;

/// <summary>Writes <c>text/pip-props</c>.</summary>
internal static class PropertyItems
{
    /// <summary>One line a property, named below the container. A typed body is told by type and size; GET it by name.</summary>
    public static ReadOnlyMemory<byte> Of(IEnumerable<Property> properties, PropertyPath container, DateTimeOffset now)
    {
        var octets = new ArrayBufferWriter<byte>();
        var writer = new LineBodyWriter(octets);
        foreach (var property in properties)
        {
            var path = property.Path.ToString();
            writer.Item(container.IsRoot ? path : path[(container.ToString().Length + 1)..]);
            writer.Param("ver", property.Version);
            if (property.Value.Text is { } text)
                writer.Param("val", text);
            if (property.Value.Type is { } type)
            {
                writer.Param("type", type);
                writer.Param("size", property.Value.Body.Length);
            }

            if (property.Value.Language is { } language)
                writer.Param("lang", language);
            if (property.LeaseEnds is { } end)
                writer.Param("lease", (long)Math.Ceiling((end - now).TotalSeconds));
            writer.Param("t", property.ChangedAt);
            writer.End();
        }

        return octets.WrittenMemory;
    }
}
