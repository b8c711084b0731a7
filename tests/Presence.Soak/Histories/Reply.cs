using Presence.Testing.Wire;

namespace Presence.Soak.Histories;

/// <summary>The final response to a request.</summary>
/// <param name="At">When it was read, in ticks of 100 ns since the run began.</param>
internal sealed record Reply(long At, int Code, string Reason, IReadOnlyList<KeyValuePair<string, string>> With, string Body = "")
{
    /// <summary>200 to 299: executed.</summary>
    public bool IsDone => Code is >= 200 and < 300;

    public string? this[string name] => With.FirstOrDefault(pair => pair.Key == name).Value;

    public static Reply Of(long at, WireLine line, string body) =>
        new(at, int.Parse(line.Words[0]), line.Words.ElementAtOrDefault(2) ?? "", line.Parameters, body);

    public override string ToString() =>
        $"{Code} {Reason} {string.Join(' ', With.Select(pair => $"{pair.Key}={pair.Value}"))}".TrimEnd();
}
