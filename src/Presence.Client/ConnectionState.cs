namespace Presence.Client;

/// <summary>How a <see cref="PresenceClient"/> stands with its server.</summary>
public enum ConnectionState
{
    /// <summary>There was no session yet; requests wait.</summary>
    Connecting,

    Connected,

    /// <summary>The connection is lost and is being made anew; requests wait.</summary>
    Reconnecting,

    /// <summary>Over for good.</summary>
    Closed,
}
