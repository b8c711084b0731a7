namespace Presence.Cli;

/// <summary>What was typed, or an environment variable, makes no sense: exit code 2.</summary>
internal sealed class UsageException(string message) : Exception(message);
