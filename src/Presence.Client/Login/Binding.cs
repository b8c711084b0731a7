namespace Presence.Client.Login;

/// <summary>What an endpoint asks for in BIND (docs/protocol, section 2.5).</summary>
/// <param name="Endpoint">Name of this installation among those of the account.</param>
public sealed record BindRequest(string Endpoint)
{
    /// <summary>−128 to 127, default 0. A negative one keeps the endpoint out of the composed status.</summary>
    public int Priority { get; init; }

    /// <summary>Status token of the endpoint; default <c>online</c>. With <c>offline</c> nobody sees it.</summary>
    public string Show { get; init; } = "online";

    /// <summary>Ends a session that holds the endpoint's name; else that is <c>409 conflict</c>. Default false.</summary>
    public bool Takes { get; init; }
}

/// <summary>A session that was resumed.</summary>
/// <param name="NextTag">One above the highest tag that the server received.</param>
internal sealed record ResumedSession(BoundSession Bound, long NextTag);

/// <summary>A session that BIND created.</summary>
/// <param name="Endpoint">As the server names it.</param>
/// <param name="SessionId">For RESUME; null if the server offers none.</param>
/// <param name="Key">Secret for RESUME; null if the server offers none.</param>
/// <param name="Lifetime">How long the session may be resumed after the connection is lost.</param>
public sealed record BoundSession(string Endpoint, string? SessionId, string? Key, TimeSpan Lifetime);
