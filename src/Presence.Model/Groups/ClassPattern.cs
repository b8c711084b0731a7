namespace Presence.Model.Groups;

/// <summary>
/// Which interest classes somebody wants. Grammar: <c>token *("." token)</c>, where a token of its own <c>*</c> stands for
/// exactly one token and a final <c>&gt;</c> for one or more. A pattern without either is the name of one class.
/// At most <see cref="MaxTokens"/> tokens and <see cref="MaxLength"/> UTF-16 units.
/// Source: docs/protocol/messages.md, "Interest nodes".
/// </summary>
public readonly record struct ClassPattern
{
    public const int MaxTokens = 16;
    public const int MaxLength = 128;

    /// <summary>Stands for exactly one token.</summary>
    public const string AnyToken = "*";

    /// <summary>As the last token stands for one or more.</summary>
    public const string Rest = ">";

    private readonly string? _text;

    private ClassPattern(string text) => _text = text;

    /// <summary>False if it is the name of one class, as a message carries it.</summary>
    public bool IsWild => Tokens.Any(token => token is AnyToken or Rest);

    /// <summary>The first token; wildcards included.</summary>
    public string First => Tokens[0];

    private string[] Tokens => (_text ?? "").Split('.');

    /// <summary>Reads what a client wrote and brings it into NFC; false for what is no pattern.</summary>
    public static bool TryParse(string? text, out ClassPattern pattern)
    {
        pattern = default;
        if (string.IsNullOrEmpty(text) || text.Length > MaxLength || !TryNormalize(text, out var normal))
            return false;
        var tokens = normal.Split('.');
        if (normal.Length > MaxLength || tokens.Length > MaxTokens
            || tokens.Index().Any(t => !IsToken(t.Item, isLast: t.Index == tokens.Length - 1)))
            return false;
        pattern = new ClassPattern(normal);
        return true;
    }

    /// <summary>For patterns known to be good.</summary>
    /// <exception cref="FormatException">The text is no pattern.</exception>
    public static ClassPattern Parse(string text) =>
        TryParse(text, out var pattern) ? pattern : throw new FormatException($"'{text}' is no class pattern.");

    /// <summary>True if this pattern covers the class of that name.</summary>
    public bool Matches(ClassPattern name)
    {
        var (wanted, tokens) = (Tokens, name.Tokens);
        for (var at = 0; at < wanted.Length; at++)
        {
            if (wanted[at] == Rest)
                return tokens.Length > at;
            if (at >= tokens.Length || (wanted[at] != AnyToken && wanted[at] != tokens[at]))
                return false;
        }

        return tokens.Length == wanted.Length;
    }

    public override string ToString() => _text ?? "";

    private static bool TryNormalize(string text, out string normal)
    {
        // Lone surrogates have no normal form.
        normal = "";
        for (var at = 0; at < text.Length; at += char.IsSurrogatePair(text, at) ? 2 : 1)
        {
            if (char.IsSurrogate(text[at]) && !char.IsSurrogatePair(text, at))
                return false;
        }

        normal = text.Normalize();
        return true;
    }

    private static bool IsToken(string token, bool isLast) => token switch
    {
        AnyToken => true,
        Rest => isLast,
        _ => token.Length > 0 && !token.Any(c => c is '*' or '>' or ',' or '/' || char.IsControl(c) || char.IsWhiteSpace(c)),
    };
}
