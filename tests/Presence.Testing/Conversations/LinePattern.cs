using Presence.Testing.Wire;

namespace Presence.Testing.Conversations;

/// <summary>
/// What a story says about one line: words in place, parameters by name in any order. `...` allows further
/// parameters, <paramref name="exact"/> fixes their order.
/// </summary>
internal sealed class LinePattern(
    string text, IReadOnlyList<ValuePattern> words, IReadOnlyList<KeyValuePair<string, ValuePattern>> parameters,
    bool open, bool exact)
{
    public string Text => text;

    /// <exception cref="FormatException">Not tokens separated by one space.</exception>
    public static LinePattern Parse(string text, bool exact)
    {
        var words = new List<ValuePattern>();
        var parameters = new List<KeyValuePair<string, ValuePattern>>();
        var open = false;
        foreach (var token in text.Split(' '))
        {
            var equals = token.IndexOf('=', StringComparison.Ordinal);
            if (token.Length == 0)
                throw new FormatException("tokens are separated by exactly one space");
            if (token == "...")
                open = true;
            else if (equals > 0)
                parameters.Add(new(token[..equals], ValuePattern.Parse(token[(equals + 1)..])));
            else if (parameters.Count > 0)
                throw new FormatException($"the word {token} stands after a parameter");
            else
                words.Add(ValuePattern.Parse(token));
        }

        if (open && exact)
            throw new FormatException("exact does not go together with ...");
        return new LinePattern(text, words, parameters, open, exact);
    }

    /// <returns>Null on a match, else what is wrong.</returns>
    public string? Mismatch(WireLine line, Bindings bindings)
    {
        if (line.Words.Count != words.Count)
            return $"it has {line.Words.Count} words before the parameters, the story says {words.Count}";
        for (var i = 0; i < words.Count; i++)
        {
            if (words[i].Mismatch(line.Words[i], bindings) is { } wrong)
                return $"word {i + 1} {wrong}, the story says {words[i].Text}";
        }

        return WrongParameter(line, bindings) ?? Surplus(line) ?? WrongOrder(line);
    }

    private string? WrongParameter(WireLine line, Bindings bindings)
    {
        foreach (var (name, pattern) in parameters)
        {
            if (line[name] is not { } value)
                return $"the parameter {name} is missing";
            if (pattern.Mismatch(value, bindings) is { } wrong)
                return $"the parameter {name} {wrong}, the story says {pattern.Text}";
        }

        return null;
    }

    private string? Surplus(WireLine line) => open
        ? null
        : line.Parameters.Where(parameter => !Names(parameter.Key) && !MayAlwaysStand(line, parameter.Key))
            .Select(parameter => $"it has the parameter {parameter.Key}, of which the story says nothing")
            .FirstOrDefault();

    private string? WrongOrder(WireLine line)
    {
        if (!exact)
            return null;
        var order = line.Parameters.Select(parameter => parameter.Key).Where(Names);
        return order.SequenceEqual(parameters.Select(parameter => parameter.Key), StringComparer.Ordinal)
            ? null
            : "the parameters stand in another order";
    }

    private bool Names(string name) => parameters.Any(parameter => parameter.Key == name);

    // Text for people may accompany each response; prev= depends on how many events happened to wait
    // (the runner checks it by itself, see EventCount).
    private static bool MayAlwaysStand(WireLine line, string name) =>
        line.IsEvent ? name == "prev" : line.IsResponse && name is "text" or "lang";
}
