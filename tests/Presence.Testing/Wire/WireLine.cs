namespace Presence.Testing.Wire;

/// <summary>The tokens of a line, decoded: words first, then parameters.</summary>
public sealed record WireLine(IReadOnlyList<string> Words, IReadOnlyList<KeyValuePair<string, string>> Parameters)
{
    public bool IsResponse => char.IsAsciiDigit(Words[0][0]);

    public bool IsEvent => !IsResponse && Words.Count > 1 && Words[1].StartsWith('#') && Words[0] != "ACK";

    public string? this[string name] =>
        Parameters.Where(parameter => parameter.Key == name).Select(parameter => parameter.Value).FirstOrDefault();

    /// <exception cref="WireException">A bad space, a word after a parameter, a duplicate, a bad escape.</exception>
    public static WireLine Parse(string line)
    {
        var words = new List<string>();
        var parameters = new List<KeyValuePair<string, string>>();
        foreach (var token in line.Split(' '))
        {
            if (token.Length == 0)
                throw new WireException($"tokens not separated by exactly one space: {line}");
            var equals = token.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0 && parameters.Count > 0)
                throw new WireException($"the word {token} after a parameter: {line}");
            if (equals < 0)
                words.Add(PercentText.Decode(token));
            else if (parameters.Exists(parameter => parameter.Key == token[..equals]))
                throw new WireException($"the parameter {token[..equals]} twice: {line}");
            else
                parameters.Add(new(token[..equals], PercentText.Decode(token[(equals + 1)..])));
        }

        return words.Count > 0
            ? new WireLine(words, parameters)
            : throw new WireException($"a line without a word: {line}");
    }
}
