namespace Presence.Protocol.Framing;

/// <summary>
/// Ceilings of one connection for received frames (docs/protocol, sections 2.2 F6 and 2.12).
/// </summary>
/// <param name="MaxLine">Octets of a control line, terminator included. Exceeding it is fatal: <c>414 0</c>.</param>
/// <param name="MaxBody">Octets of a body, its terminator not counted. Exceeding it is fatal: <c>413 0</c>.</param>
/// <param name="MaxParameters">Parameters on a line, default 32. One more refuses the request: <c>431</c>.</param>
public readonly record struct FrameLimits(int MaxLine, int MaxBody, int MaxParameters = 32)
{
    /// <summary>In force until the HELLO response has announced others: 1 024 and 8 192 octets.</summary>
    public static FrameLimits BeforeHello { get; } = new(1024, 8192);

    /// <summary>Defaults of a client connection: 4 096 and 65 536 octets.</summary>
    public static FrameLimits Client { get; } = new(4096, 65536);

    /// <summary>Defaults of a federation link: 16 384 and 262 144 octets.</summary>
    public static FrameLimits Federation { get; } = new(16384, 262144);
}
