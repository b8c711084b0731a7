namespace Presence.Protocol.Framing;

/// <summary>Writes one frame, or what a frame lacks.</summary>
public delegate void FrameBuild(ref FrameWriter writer);
