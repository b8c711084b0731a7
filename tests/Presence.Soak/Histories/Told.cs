namespace Presence.Soak.Histories;

/// <summary>An event, as a client processed it.</summary>
/// <param name="At">When it was read, in ticks of 100 ns since the run began.</param>
/// <param name="Sitting">Number of the session.</param>
/// <param name="Number">Its sequence number.</param>
/// <param name="Prev">The number before it: <c>prev=</c>, or one less than its own.</param>
internal sealed record Told(long At, int Sitting, long Number, long Prev, string Verb, string Target, string Body = "")
{
    public IReadOnlyList<KeyValuePair<string, string>> With { get; init; } = [];

    public string? this[string name] => With.FirstOrDefault(pair => pair.Key == name).Value;

    public override string ToString() =>
        $"{Verb} #{Number} {Target} {string.Join(' ', With.Select(pair => $"{pair.Key}={pair.Value}"))}".TrimEnd();
}
