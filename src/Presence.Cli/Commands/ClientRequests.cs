using Presence.Client;

namespace Presence.Cli.Commands;

/// <summary>Requests that the client has no method for.</summary>
internal static class ClientRequests
{
    /// <summary>
    /// Asks once: whoever sits before a terminal sees that there was no answer, and decides himself whether to ask again.
    /// </summary>
    public static Task<ServerAnswer> Ask(
        this PresenceClient client,
        string verb,
        string? target,
        IReadOnlyList<(string Name, string? Value)>? parameters = null,
        ReadOnlyMemory<byte>? body = null,
        CancellationToken cancellation = default) =>
        client.RequestAsync(verb, target, parameters, body, isRepeatable: false, cancellation);
}
