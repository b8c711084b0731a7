using System.Globalization;
using Presence.Testing.Wire;

namespace Presence.Testing.Conversations;

/// <summary>What a story says about one word or value: text, `*`, `$name`, `$name>$other`.</summary>
internal abstract record ValuePattern(string Text)
{
    /// <returns>Null on a match, else what is wrong.</returns>
    public abstract string? Mismatch(string value, Bindings bindings);

    /// <param name="text">As written in the story; a number of an event keeps its `#`.</param>
    /// <exception cref="FormatException">A `$` that is not a whole variable.</exception>
    public static ValuePattern Parse(string text)
    {
        if (text.StartsWith("#$", StringComparison.Ordinal))
            return new PrefixedPattern(text, "#", Parse(text[1..]));
        if (text.Contains(">$", StringComparison.Ordinal) && text[0] is '$' or '*')
        {
            var sides = text.Split('>', 2);
            return Variable.Whole(sides[1]) is { } floor
                ? new GreaterPattern(text, Parse(sides[0]), floor)
                : throw new FormatException($"{text}: after > comes $name");
        }

        if (Variable.Whole(text) is { } name)
            return new VariablePattern(text, name);
        if (text.Contains('$', StringComparison.Ordinal))
            throw new FormatException($"{text}: a variable must be the whole value; write %24 for a dollar sign");
        return new GlobPattern(text, [.. text.Split('*').Select(PercentText.Decode)]);
    }
}

/// <summary>Text in which each `*` stands for any characters, none included.</summary>
internal sealed record GlobPattern(string Text, IReadOnlyList<string> Parts) : ValuePattern(Text)
{
    public override string? Mismatch(string value, Bindings bindings) => Fits(value) ? null : $"is \"{value}\"";

    private bool Fits(string value)
    {
        if (Parts.Count == 1)
            return value == Parts[0];
        if (!value.StartsWith(Parts[0], StringComparison.Ordinal))
            return false;
        var from = Parts[0].Length;
        for (var i = 1; i < Parts.Count - 1; i++)
        {
            var at = value.IndexOf(Parts[i], from, StringComparison.Ordinal);
            if (at < 0)
                return false;
            from = at + Parts[i].Length;
        }

        return value.Length - from >= Parts[^1].Length && value.EndsWith(Parts[^1], StringComparison.Ordinal);
    }
}

/// <summary>Binds at the first use; later uses must be equal.</summary>
internal sealed record VariablePattern(string Text, string Name) : ValuePattern(Text)
{
    public override string? Mismatch(string value, Bindings bindings)
    {
        if (bindings[Name] is { } bound)
            return bound == value ? null : $"is \"{value}\", but {Text} is \"{bound}\"";
        bindings.Bind(Name, value);
        return null;
    }
}

/// <summary>A number greater than a variable; the left side may bind it to a new one.</summary>
internal sealed record GreaterPattern(string Text, ValuePattern Left, string Floor) : ValuePattern(Text)
{
    public override string? Mismatch(string value, Bindings bindings)
    {
        if (bindings[Floor] is not { } bound)
            return $"${Floor} has no value yet";
        if (!Number(value, out var number) || !Number(bound, out var floor) || number <= floor)
            return $"is \"{value}\", which is not greater than ${Floor} = \"{bound}\"";
        return Left.Mismatch(value, bindings);
    }

    private static bool Number(string text, out ulong number) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}

internal sealed record PrefixedPattern(string Text, string Prefix, ValuePattern Rest) : ValuePattern(Text)
{
    public override string? Mismatch(string value, Bindings bindings) =>
        value.StartsWith(Prefix, StringComparison.Ordinal)
            ? Rest.Mismatch(value[Prefix.Length..], bindings)
            : $"is \"{value}\"";
}
