using Presence.Testing.Wire;

namespace Presence.Testing.Conversations;

/// <summary>What a story says about one frame.</summary>
/// <param name="Body">Null for a frame without body.</param>
internal sealed record FramePattern(string Text, LinePattern Line, BodyPattern? Body)
{
    /// <summary>Binds variables only when the whole frame matches.</summary>
    /// <returns>Null on a match, else what is wrong.</returns>
    public string? Mismatch(WireFrame frame, Bindings bindings)
    {
        var branch = bindings.Branch();
        var wrong = Line.Mismatch(WireLine.Parse(frame.Line), branch) ?? BodyMismatch(frame, branch);
        if (wrong is null)
            bindings.Adopt(branch);
        return wrong;
    }

    private string? BodyMismatch(WireFrame frame, Bindings bindings)
    {
        if (Body is null)
            return frame.Body is null ? null : $"it has a body of {frame.Body.Length} octets";
        return Body.Mismatch(frame.Body, bindings);
    }
}
