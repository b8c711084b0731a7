namespace Presence.Testing.Wire;

/// <summary>One frame as it stood on the wire.</summary>
/// <param name="Line">Without terminator and without the size token.</param>
/// <param name="Body">Null when the line announced none; `{0}` is an empty body.</param>
internal sealed record WireFrame(string Line, byte[]? Body)
{
    public override string ToString() => Body is null ? Line : $"{Line} {{{Body.Length}}}";
}
