namespace Presence.Conformance.Statements;

/// <summary>What a check needs of the connection.</summary>
internal enum Over
{
    Anything,

    /// <summary>A stream of octets: not WebSocket, where each message is one frame.</summary>
    Stream,

    Clear,
    Tls,
    WebSocket,
}

/// <summary>Marks the method that proves a statement. It takes a <see cref="Run.Scene"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CheckAttribute(string id) : Attribute
{
    public string Id => id;

    public Over Over { get; init; }

    /// <summary>Takes a minute or more, because the protocol's own times are that long.</summary>
    public bool Slow { get; init; }

    /// <summary>Measures times, or loads the server, so that nothing else may run beside it.</summary>
    public bool Alone { get; init; }

    /// <summary>Seconds; 0 for the usual limit.</summary>
    public int Limit { get; init; }
}
