using System.Text;
using Presence.Testing.Wire;

namespace Presence.Conformance.Wire;

/// <summary>What was said on all connections of one check, in its order.</summary>
internal sealed class Transcript
{
    private const int MostLines = 200;
    private const int MostLength = 160;
    private readonly List<(string Label, char Side, string Text)> _lines = [];

    public void Sent(string label, string text) => Add(label, 'C', Visible(text));

    public void Received(string label, WireFrame frame) => Add(label, 'S', $"{new Frame(frame)}");

    public void Told(string label, string text) => Add(label, '-', text);

    /// <summary>The last thing that this connection said, for the end of a message.</summary>
    public string LastSent(string label)
    {
        lock (_lines)
        {
            var last = _lines.FindLast(line => line.Label == label && line.Side == 'C' && !line.Text.StartsWith("ACK", StringComparison.Ordinal));
            return last.Text is null ? "" : $" (last sent: {last.Text})";
        }
    }

    public IReadOnlyList<string> Lines()
    {
        lock (_lines)
            return [.. _lines.Select(line => $"{line.Label,-8} {line.Side}: {line.Text}")];
    }

    private void Add(string label, char side, string text)
    {
        // What stands in SCRAM messages helps nobody to read on.
        if (text.StartsWith("AUTH ", StringComparison.Ordinal) || text.StartsWith("310 ", StringComparison.Ordinal))
            text = string.Join(' ', text.Split(' ').Take(3));
        lock (_lines)
        {
            // A long one loses its middle: how it began and how it ended are what tells.
            if (_lines.Count == MostLines)
                _lines.RemoveAt(MostLines / 4);
            _lines.Add((label, side, text.Length > MostLength ? $"{text[..MostLength]}… ({text.Length})" : text));
        }
    }

    private static string Visible(string text)
    {
        var shown = new StringBuilder();
        foreach (var character in text)
        {
            if (character is >= ' ' and not '\x7F')
                shown.Append(character);
            else
                shown.Append($"\\x{(int)character:X2}");
            if (shown.Length > 2 * MostLength)
                break;
        }

        return shown.ToString();
    }
}
