using Presence.Model.Composition;
using Presence.Model.Replies;
using Presence.Protocol.Framing;

namespace Presence.Protocol.Commands;

/// <summary><c>BIND tag [ep= prio= show= take= caps= grace= copy= subs= resume= lease=]</c></summary>
/// <param name="Endpoint">Name wanted, or null to be given one.</param>
/// <param name="Priority">-128 to 127, default 0.</param>
/// <param name="Show">Status to show at once, or null.</param>
/// <param name="Take">True to end a session that holds the name.</param>
public sealed record BindCommand(string? Endpoint, int Priority, string? Show, bool Take)
{
    public static readonly string[] Fields =
        ["ep", "prio", "show", "take", "caps", "grace", "copy", "subs", "resume", "lease"];

    /// <summary>Types and features that the endpoint can handle, as sent; null for nothing.</summary>
    public string? Capabilities { get; init; }

    /// <summary>How long a lost connection is not to show: 0–30 s, default 0.</summary>
    public TimeSpan Grace { get; init; }

    /// <summary>True to get copies of what the user sends elsewhere.</summary>
    public bool CopiesSent { get; init; }

    /// <summary>Ids of the subscriptions that report here; empty for none, null for all.</summary>
    public IReadOnlyList<string>? Reports { get; init; }

    /// <summary>False if the session is to end with its connection.</summary>
    public bool IsResumable { get; init; } = true;

    /// <summary>Within which time the status must be asserted again, 1 s – 24 h; null for never.</summary>
    public TimeSpan? Lease { get; init; }

    public static (BindCommand Command, Refusal? Refusal) Read(Frame frame)
    {
        var fields = new FieldReader(frame);
        var command = new BindCommand(
            fields.Token("ep"), (int)(fields.Number("prio", -128, 127) ?? 0), fields.Text("show"), fields.Flag("take"))
        {
            Capabilities = fields.Text("caps"),
            Grace = TimeSpan.FromSeconds(fields.Number("grace", 0, 30) ?? 0),
            CopiesSent = fields.Flag("copy"),
            Reports = ReadReports(fields.Text("subs")),
            IsResumable = fields.Choice("resume", "yes", "no") == "yes",
            Lease = fields.Number("lease", 1, 86_400) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        };
        if (command.Show is { } show && !StatusToken.IsWellFormed(show))
            fields.Refuse(Refusal.BadParameter("show"));
        return (command, fields.Refusal);
    }

    // subs=all | none | id,id,…
    private static string[]? ReadReports(string? list) => list switch
    {
        null or "all" => null,
        "none" => [],
        _ => list.Split(','),
    };
}
