using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Presence.Model.Addresses;

/// <summary>
/// An address as people type and store it: <c>pip:bob@b.example/status?subscribe;expires=86400</c>, optionally with
/// an explicit gateway (<c>pip://gw1.b.example:7750/bob@b.example</c>), whose certificate must still prove the
/// address's domain. Source: docs/protocol, sections 2.4 part 4 and 3.1–3.4.
/// </summary>
public sealed class PipUri
{
    /// <summary>Ceiling for what is read, in UTF-16 units.</summary>
    public const int MaxLength = 4096;

    /// <summary>Ceiling for parameters of the action, the same as for a line on the wire.</summary>
    public const int MaxParameters = 32;

    internal PipUri(Place place) => Place = place;

    /// <summary>Always a named node, never <c>~</c>.</summary>
    public Place Place { get; }

    public Address Address => Place.Address!.Value;

    /// <summary>The gateway to connect to; null to locate the domain's own.</summary>
    public Domain? Host { get; internal init; }

    /// <summary>1–65535; null for the default port, and whenever <see cref="Host"/> is null.</summary>
    public int? Port { get; internal init; }

    /// <summary>A <see cref="PipAction"/> or <c>x-</c> action in lower case; null if the client decides.</summary>
    public string? Action { get; internal init; }

    /// <summary>Parameters of the action in the order given, escapes undone, without <c>pass</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; internal init; } = [];

    /// <summary>
    /// The object's passphrase (<c>;pass=</c>), null if none was given. It proves knowledge by challenge-response and
    /// is never sent, shown, stored or logged; <see cref="ToString"/> leaves it out.
    /// </summary>
    public string? Pass { get; internal init; }

    /// <summary>The same URI without the passphrase: the form for display, history and forwarding.</summary>
    public PipUri WithoutPass => Pass is null ? this : new PipUri(Place)
    {
        Host = Host,
        Port = Port,
        Action = Action,
        Parameters = Parameters,
    };

    /// <summary>
    /// Reads a pip:, im: or pres: URI, or a plain address as a person types it. White space around it is dropped.
    /// </summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out PipUri? uri, out AddressFault fault)
    {
        (uri, fault) = PipUriReader.Read(text);
        return uri is not null;
    }

    /// <summary>The canonical URI, without the passphrase.</summary>
    public override string ToString()
    {
        var text = new StringBuilder("pip:");
        if (Host is { } host)
        {
            text.Append("//").Append(host.Value);
            if (Port is { } port) text.Append(':').Append(port);
            text.Append('/');
        }

        text.Append(Address.ToString());
        if (!Place.Path.IsRoot) text.Append('/').Append(PathText.ToUri(Place.Path.ToString()));
        if (Action is not null) text.Append('?').Append(Action);
        foreach (var (name, value) in Parameters) PipParameters.Append(text, name, value);
        return text.ToString();
    }
}
