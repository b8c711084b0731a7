namespace Presence.Cli;

/// <summary>All that the commands know of the world outside, so that tests can stand in for it.</summary>
internal sealed record Surroundings
{
    public required TextReader In { get; init; }

    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>An environment variable; null or empty if it is not set.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>Asks for a secret without showing it; null if there is no terminal to ask on.</summary>
    public required Func<string, string?> AskSecret { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public static Surroundings OfProcess() => new()
    {
        In = Console.In,
        Out = Console.Out,
        Error = Console.Error,
        Variable = Environment.GetEnvironmentVariable,
        AskSecret = SecretPrompt.Ask,
    };

    /// <summary>Null instead of an empty value.</summary>
    public string? Setting(string name) => Variable(name) is { Length: > 0 } value ? value : null;
}
