using System.Text;
using Presence.Testing.Wire;

namespace Presence.Testing.Conversations;

/// <summary>What a story says about a body.</summary>
/// <param name="Size">Octets, or null for `{*}`.</param>
/// <param name="Octets">Null when the story shows none.</param>
/// <param name="Items">Lines in any order, each like a line of a frame; null when the body is given as octets.</param>
/// <param name="Absent">Items that must not be there.</param>
/// <param name="Open">Further items may stand between them.</param>
internal sealed record BodyPattern(
    int? Size, byte[]? Octets, IReadOnlyList<LinePattern>? Items, IReadOnlyList<LinePattern> Absent, bool Open)
{
    public string? Mismatch(byte[]? body, Bindings bindings)
    {
        if (body is null)
            return "it has no body";
        if (Size is { } size && size != body.Length)
            return $"its body has {body.Length} octets, the story says {size}";
        if (Octets is not null && !body.AsSpan().SequenceEqual(Octets))
            return $"its body is another: {Shown(body)}";
        return Items is null ? null : WrongItems(body, bindings);
    }

    public static string Shown(byte[] body)
    {
        var text = Encoding.UTF8.GetString(body);
        var isText = text.All(c => c is '\r' or '\n' || (!char.IsControl(c) && c != '\uFFFD'));
        return !isText
            ? Convert.ToHexString(body.AsSpan(0, Math.Min(body.Length, 256)))
            : text[..Math.Min(text.Length, 2000)];
    }

    private string? WrongItems(byte[] body, Bindings bindings)
    {
        var lines = Encoding.UTF8.GetString(body).ReplaceLineEndings("\n").Split('\n').ToList();
        if (lines[^1].Length > 0)
            return "the last item of its body has no line end";
        lines.RemoveAt(lines.Count - 1);
        foreach (var item in Absent)
        {
            if (lines.Find(line => Fits(item, line, bindings)) is { } found)
                return $"its body has the item {found}, which the story rules out";
        }

        foreach (var item in Items!)
        {
            var at = lines.FindIndex(line => Fits(item, line, bindings));
            if (at < 0)
                return $"its body has no item like {item.Text}:\n{string.Join('\n', lines)}";
            lines.RemoveAt(at);
        }

        return lines.Count == 0 || Open ? null : $"its body has the item {lines[0]}, of which the story says nothing";
    }

    private static bool Fits(LinePattern item, string line, Bindings bindings)
    {
        var branch = bindings.Branch();
        if (line.Length == 0 || item.Mismatch(WireLine.Parse(line), branch) is not null)
            return false;
        bindings.Adopt(branch);
        return true;
    }
}
