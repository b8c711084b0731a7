using System.Buffers;
using Presence.Protocol.Framing;

namespace Presence.Protocol.Bodies;

/// <summary>
/// Writes the items of a line-oriented body, each ended by CR LF, the last one too (docs/protocol, section 2.15, E4).
/// As with <see cref="FrameWriter"/>, text that breaks the grammar throws <see cref="ArgumentException"/> and a call
/// out of turn <see cref="InvalidOperationException"/>; pass it on by <c>ref</c>.
/// </summary>
/// <param name="output">Takes the octets of the body.</param>
public ref struct LineBodyWriter(IBufferWriter<byte> output)
{
    private readonly IBufferWriter<byte> _output = output;
    private bool _isOpen;

    /// <summary>Starts an item with its one to three positional tokens, each in wire form.</summary>
    public void Item(string first, string? second = null, string? third = null)
    {
        if (_isOpen)
            throw new InvalidOperationException("The item before was not ended.");

        if (second is null && third is not null)
            throw new ArgumentException("A third token needs a second.", nameof(third));

        Check(first, nameof(first));
        Check(second, nameof(second));
        Check(third, nameof(third));
        _isOpen = true;
        TokenEncoder.Word(_output, first);
        Positional(second);
        Positional(third);
    }

    /// <inheritdoc cref="FrameWriter.Param(string, string)"/>
    public readonly void Param(string name, string value)
    {
        RequireOpen();
        ParameterEncoder.Write(_output, name, value);
    }

    public readonly void Param(string name, long value)
    {
        RequireOpen();
        ParameterEncoder.Write(_output, name, value);
    }

    /// <inheritdoc cref="FrameWriter.Param(string, DateTimeOffset)"/>
    public readonly void Param(string name, DateTimeOffset value)
    {
        RequireOpen();
        ParameterEncoder.Write(_output, name, value);
    }

    /// <inheritdoc cref="FrameWriter.Param(in Parameter)"/>
    public readonly void Param(in Parameter parameter)
    {
        RequireOpen();
        ParameterEncoder.Write(_output, parameter);
    }

    /// <summary>Ends the item with CR LF.</summary>
    public void End()
    {
        RequireOpen();
        _isOpen = false;
        _output.Write("\r\n"u8);
    }

    // A positional token with "=" would read back as a parameter; the check of targets refuses it.
    private static void Check(string? token, string argument)
    {
        if (token is not null)
            TokenEncoder.CheckPositional(token, argument);
    }

    private readonly void Positional(string? token)
    {
        if (token is null)
            return;

        _output.Write(" "u8);
        TokenEncoder.Word(_output, token);
    }

    private readonly void RequireOpen()
    {
        if (!_isOpen)
            throw new InvalidOperationException("No item was started.");
    }
}
