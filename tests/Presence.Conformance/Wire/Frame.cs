using System.Text;
using Presence.Testing.Wire;

namespace Presence.Conformance.Wire;

/// <summary>A frame from the server, with its tokens decoded.</summary>
/// <param name="salt">End of identifiers that <see cref="Salt"/> has added; empty for none.</param>
internal sealed class Frame(WireFrame raw, string salt = "")
{
    private readonly WireLine _line = WireLine.Parse(raw.Line);

    public bool IsResponse => _line.IsResponse;

    public bool IsEvent => _line.IsEvent;

    /// <summary>Code of a response, verb of anything else.</summary>
    public string First => _line.Words[0];

    /// <summary>Tag of a response or request; "#n" of an event.</summary>
    public string Second => _line.Words.ElementAtOrDefault(1) ?? "";

    /// <summary>Reason word of a response, target of an event.</summary>
    public string Third => _line.Words.ElementAtOrDefault(2) ?? "";

    /// <summary>Number of an event.</summary>
    public long Number => long.Parse(Second.AsSpan(1));

    public byte[]? Body => raw.Body;

    public string BodyText => Encoding.UTF8.GetString(raw.Body ?? []);

    public IReadOnlyList<KeyValuePair<string, string>> Parameters => _line.Parameters;

    /// <summary>Lines of a list body (text/pip-…), decoded.</summary>
    public IReadOnlyList<WireLine> Items =>
        [.. BodyText.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0).Select(WireLine.Parse)];

    public string? this[string name] => name is "mid" or "inv" && salt.Length > 0 && _line[name] is { } id && id.EndsWith(salt, StringComparison.Ordinal)
        ? id[..^salt.Length]
        : _line[name];

    /// <param name="wanted">"200", "200 ok", or several with "|" between.</param>
    public bool Is(string wanted) => wanted.Split('|').Any(one => IsOne(one.Split(' ')));

    /// <summary>As it stood on the wire, with the beginning of its body.</summary>
    public override string ToString()
    {
        var text = raw.ToString();
        if (raw.Body is not { Length: > 0 } body)
            return text;
        var shown = Encoding.UTF8.GetString(body, 0, Math.Min(body.Length, 60)).Replace("\r\n", "⏎", StringComparison.Ordinal);
        return $"{text} |{shown.Replace('\n', '⏎')}{(body.Length > 60 ? "…" : "")}";
    }

    private bool IsOne(string[] words) => First == words[0] && (words.Length == 1 || Third == words[1]);
}
