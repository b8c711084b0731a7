using Presence.Model.Addresses;
using Presence.Model.Replies;
using Presence.Protocol.Framing;

namespace Presence.Protocol.Commands;

/// <summary><c>UDPKEY tag [ep= path= expires=]</c></summary>
/// <param name="Endpoint">Endpoint that the key speaks for, or null.</param>
/// <param name="Path">The only path that it may write, or null for all.</param>
/// <param name="Expires">Life wanted, or null.</param>
public sealed record UdpKeyCommand(string? Endpoint, PropertyPath? Path, TimeSpan? Expires)
{
    public static readonly string[] Fields = ["ep", "path", "expires"];

    public static (UdpKeyCommand Command, Refusal? Refusal) Read(Frame frame)
    {
        var fields = new FieldReader(frame);
        PropertyPath? path = null;
        if (fields.Text("path") is { } text)
        {
            if (PropertyPath.TryParse(text, out var prefix, out _) && !prefix.IsRoot)
                path = prefix;
            else
                fields.Refuse(Refusal.BadParameter("path"));
        }

        var command = new UdpKeyCommand(fields.Token("ep"), path, fields.Seconds("expires"));
        return (command, fields.Refusal);
    }
}
