using System.Text.Encodings.Web;
using System.Text.Json;
using Presence.Conformance.Run;

namespace Presence.Conformance;

/// <summary>The verdicts as text, a line each, or as one JSON document.</summary>
internal sealed class Report(TextWriter output, bool isJson, bool isVerbose)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public void Tell(Verdict verdict)
    {
        if (isJson)
            return;
        output.WriteLine($"{verdict.Statement.Id} {verdict.Word} {OneLine(verdict.Why)}".TrimEnd());
        if (!isVerbose || verdict.Outcome != Outcome.Fail)
            return;
        output.WriteLine($"       {verdict.Statement.Text}");
        foreach (var line in verdict.Transcript)
            output.WriteLine($"       {line}");
    }

    public void Close(IReadOnlyList<Verdict> verdicts)
    {
        var count = verdicts.CountBy(verdict => verdict.Outcome).ToDictionary();
        var (passed, failed, left) = (count.GetValueOrDefault(Outcome.Pass), count.GetValueOrDefault(Outcome.Fail),
            count.GetValueOrDefault(Outcome.NotApplicable));
        if (!isJson)
        {
            output.WriteLine($"{verdicts.Count} statements: {passed} passed, {failed} failed, {left} not applicable");
            return;
        }

        var statements = verdicts.Select(verdict => new
        {
            verdict.Statement.Id,
            Outcome = verdict.Word,
            verdict.Why,
            verdict.Statement.Text,
            verdict.Transcript,
        });
        output.WriteLine(JsonSerializer.Serialize(new { passed, failed, notApplicable = left, statements }, Json));
    }

    private static string OneLine(string text) =>
        text.Replace("\r", "", StringComparison.Ordinal).Replace('\n', ' ');
}
