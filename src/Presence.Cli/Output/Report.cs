using System.Globalization;
using System.Text.Json.Nodes;

namespace Presence.Cli.Output;

/// <summary>
/// What a command tells: lines for people, or one JSON object a line for scripts. Each line is written whole, also
/// when two tasks report at once.
/// </summary>
internal sealed class Report(TextWriter output, TextWriter error, bool isJson)
{
    private readonly Lock _lock = new();

    /// <summary>Writes one of the two forms.</summary>
    /// <param name="forPeople">Whatever is inserted is made harmless first, see <see cref="Visible"/>.</param>
    /// <param name="forScripts">Members whose value is null are left out.</param>
    public void Tell(FormattableString forPeople, params ReadOnlySpan<(string Name, JsonNode? Value)> forScripts) =>
        Write(output, isJson ? Json(forScripts) : Harmless(forPeople));

    /// <summary>As <see cref="Tell"/>, with a text of several lines, or none, below the line for people.</summary>
    public void TellText(
        FormattableString forPeople, string? text, params ReadOnlySpan<(string Name, JsonNode? Value)> forScripts)
    {
        var below = (text is null ? [] : Visible.Lines(text)).Select(line => "    " + line);
        Write(output, isJson ? Json(forScripts) : string.Join('\n', below.Prepend(Harmless(forPeople))));
    }

    /// <summary>For people only, on stderr: neither result nor error.</summary>
    public void Remark(FormattableString remark) => Write(error, Harmless(remark));

    /// <summary>A line of the output for scripts; for people a remark.</summary>
    public void Notice(FormattableString forPeople, params ReadOnlySpan<(string Name, JsonNode? Value)> forScripts)
    {
        if (isJson)
            Write(output, Json(forScripts));
        else
            Remark(forPeople);
    }

    private void Write(TextWriter writer, string line)
    {
        lock (_lock)
        {
            writer.WriteLine(line);
            writer.Flush();
        }
    }

    private static string Harmless(FormattableString text) => string.Format(CultureInfo.InvariantCulture, text.Format,
        Array.ConvertAll(text.GetArguments(), inserted => (object)Visible.Text(
            Convert.ToString(inserted, CultureInfo.InvariantCulture) ?? "")));

    // The default encoder escapes everything outside ASCII, so no control reaches a terminal.
    private static string Json(ReadOnlySpan<(string Name, JsonNode? Value)> members)
    {
        var line = new JsonObject();
        foreach (var (name, value) in members)
        {
            if (value is not null)
                line[name] = value;
        }

        return line.ToJsonString();
    }
}
