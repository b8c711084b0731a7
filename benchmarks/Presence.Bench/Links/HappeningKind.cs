namespace Presence.Bench.Links;

internal enum HappeningKind
{
    /// <summary>Nothing that this load can bring about: an error of the server or of its configuration.</summary>
    Odd,

    /// <summary>The status of somebody who is online.</summary>
    Value,

    /// <summary>Somebody went offline.</summary>
    Gone,

    /// <summary>Somebody asks to watch this user.</summary>
    Asked,

    Message,

    /// <summary>The recipient's client has the message.</summary>
    Receipt,

    GroupMessage,
}
