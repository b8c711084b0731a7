namespace Presence.Soak.Histories;

/// <summary>A request and what became of it. It was executed, if at all, between <see cref="Asked"/> and its reply.</summary>
/// <param name="Sitting">Number of the session it was asked in.</param>
/// <param name="Asked">Just before its first octet was sent, in ticks of 100 ns since the run began.</param>
internal sealed record Call(int Sitting, long Tag, long Asked, string Verb, string Target, string Body = "")
{
    private volatile Reply? _reply;

    public IReadOnlyList<KeyValuePair<string, string>> With { get; init; } = [];

    /// <summary>Null while the outcome is unknown.</summary>
    public Reply? Reply
    {
        get => _reply;
        set => _reply = value;
    }

    /// <summary>When it was over at the latest; <see cref="long.MaxValue"/> if nobody knows.</summary>
    public long Over => Reply?.At ?? long.MaxValue;

    public string? this[string name] => With.FirstOrDefault(pair => pair.Key == name).Value;

    /// <summary>The line, as it goes to the server. Values must need no escapes.</summary>
    public string Line => string.Join(' ', (string[])
        [Verb, $"{Tag}", .. Target.Length > 0 ? [Target] : Array.Empty<string>(), .. With.Select(pair => $"{pair.Key}={pair.Value}")]);

    public override string ToString() =>
        $"{Line}{(Body.Length > 0 ? $" {{{Body.Length}}}" : "")}  =>  {Reply?.ToString() ?? "unknown"}";
}
