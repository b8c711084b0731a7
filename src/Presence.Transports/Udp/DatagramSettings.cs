namespace Presence.Transports.Udp;

/// <summary>Keys for sealed datagrams. Configuration section <c>Presence:Udp</c>.</summary>
public sealed class DatagramSettings
{
    public const string Section = "Presence:Udp";

    /// <summary>Keys that this node holds at a time; one more gets 503. 1–1 000 000, default 10 000.</summary>
    public int MaxKeys { get; init; } = 10_000;

    /// <summary>Longest life of a key, whatever is asked for: 1 min–365 days, default 7 days.</summary>
    public TimeSpan MaxKeyLife { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Tasks that read the socket: 1–64, default 2.</summary>
    public int Readers { get; init; } = 2;
}
