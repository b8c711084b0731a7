namespace Presence.Client;

/// <summary>How a message is sent.</summary>
public sealed record SendOptions
{
    /// <summary>What the server assumes, too.</summary>
    internal static readonly TimeSpan UsualLifetime = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Whether to ask for word that it arrived; default true. A message is followed up, and sent again after the session
    /// was lost, only if so.
    /// </summary>
    public bool WantsDelivered { get; init; } = true;

    /// <summary>Whether to ask for word that a person has seen it; default false. It comes as a <see cref="Receipt"/>.</summary>
    public bool WantsDisplayed { get; init; }

    /// <summary>MIME type of the body; default <c>text/plain;charset=utf-8</c>.</summary>
    public string ContentType { get; init; } = "text/plain;charset=utf-8";

    /// <summary>Default none.</summary>
    public string? Subject { get; init; }

    /// <summary>Class of interest, such as <c>games.chess</c>; default none.</summary>
    public string? Class { get; init; }

    /// <summary>The <see cref="Message.Mid"/> that this answers; default none.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>How long it may wait anywhere, and be sent again; whole seconds, 1 second to 1 day, default 30 seconds.</summary>
    public TimeSpan Lifetime { get; init; } = UsualLifetime;

    /// <summary>
    /// The sender's number for it, 1–64 characters. The same one again is the same message and arrives once. Default a
    /// fresh random one.
    /// </summary>
    public string? Mid { get; init; }
}
