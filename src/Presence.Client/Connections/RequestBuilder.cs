using Presence.Protocol.Framing;

namespace Presence.Client.Connections;

/// <summary>
/// Writes one request: <c>writer.Request(verb, tag, target)</c>, its parameters, <c>writer.End()</c>. Runs under the
/// connection's lock, so it does nothing else.
/// </summary>
public delegate void RequestBuilder(ref FrameWriter writer, long tag);
