using Presence.Model.Addresses;
using Presence.Model.Composition;
using Presence.Model.Replies;
using Presence.Protocol.Framing;

namespace Presence.Protocol.Commands;

/// <summary><c>HELLO tag domain v= role= [agent= lang=]</c></summary>
/// <param name="Domain">The domain asked for; canonical, or null if it is no domain at all.</param>
/// <param name="Versions">Versions that the client speaks.</param>
public sealed record HelloCommand(Domain? Domain, IReadOnlyList<string> Versions)
{
    public static readonly string[] Fields = ["v", "role", "agent", "lang"];

    public static (HelloCommand Command, Refusal? Refusal) Read(Frame frame)
    {
        var fields = new FieldReader(frame);
        var versions = fields.Required("v").Split(',');
        fields.Choice("role", "client");
        if (frame.Target is null)
            fields.Refuse(Refusal.BadRequest);
        Domain? domain = Model.Addresses.Domain.TryParse(frame.Target, out var known, out _) ? known : null;
        return (new HelloCommand(domain, versions), fields.Refusal);
    }
}

/// <summary><c>AUTH tag mechanism|* [data=|body] [abort=yes]</c></summary>
/// <param name="Mechanism">Name of the mechanism, or <c>*</c> for a further step.</param>
/// <param name="Data">Decoded octets; null if none were given, which differs from empty.</param>
/// <param name="IsAbort">True to end the exchange.</param>
public sealed record AuthCommand(string Mechanism, ReadOnlyMemory<byte>? Data, bool IsAbort)
{
    public static readonly string[] Fields = ["data", "abort"];

    public static (AuthCommand Command, Refusal? Refusal) Read(Frame frame)
    {
        var fields = new FieldReader(frame);
        var data = frame.Body;
        if (fields.Text("data") is { } text)
        {
            if (!Base64Text.TryDecode(text, out var octets) || frame.Body is not null)
                fields.Refuse(Refusal.BadParameter("data"));
            data = octets;
        }

        if (frame.Target is null)
            fields.Refuse(Refusal.BadRequest);
        return (new AuthCommand(frame.Target ?? "", data, fields.Flag("abort")), fields.Refusal);
    }
}

/// <summary><c>BIND tag [ep= prio= show= take= copy=]</c></summary>
/// <param name="Endpoint">Name wanted, or null to be given one.</param>
/// <param name="Priority">-128 to 127, default 0.</param>
/// <param name="Show">Status to show at once, or null.</param>
/// <param name="Take">True to end a session that holds the name.</param>
/// <param name="Copy">True to be told what the user's other endpoints send.</param>
public sealed record BindCommand(string? Endpoint, int Priority, string? Show, bool Take, bool Copy)
{
    public static readonly string[] Fields = ["ep", "prio", "show", "take", "copy"];

    public static (BindCommand Command, Refusal? Refusal) Read(Frame frame)
    {
        var fields = new FieldReader(frame);
        var command = new BindCommand(
            fields.Token("ep"), (int)(fields.Number("prio", -128, 127) ?? 0), fields.Text("show"), fields.Flag("take"),
            fields.Flag("copy"));
        if (command.Show is { } show && !StatusToken.IsWellFormed(show))
            fields.Refuse(Refusal.BadParameter("show"));
        return (command, fields.Refusal);
    }
}
