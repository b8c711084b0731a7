using System.Buffers;
using System.Text;
using Presence.Model.Addresses;

namespace Presence.Protocol.Framing;

/// <summary>
/// Writes frames; nobody else puts a control line together (F8). A frame is started, given its parameters, and ended:
/// only then is it whole. Values are percent-encoded as needed, lines and bodies end in CR LF. Pass it on by
/// <c>ref</c>, since it remembers whether a frame is open. Limits of the receiver and repeated names are the caller's
/// concern. A string that breaks the grammar throws <see cref="ArgumentException"/> and a call out of turn
/// <see cref="InvalidOperationException"/>; both are bugs, and an unfinished frame may then stand in the output.
/// </summary>
/// <param name="output">Takes the octets; the writer flushes nothing.</param>
public ref struct FrameWriter(IBufferWriter<byte> output)
{
    /// <summary>Octets that are asked for at once; half of what a pipe has in one piece.</summary>
    private const int GreatestPiece = 2048;

    private readonly IBufferWriter<byte> _output = output;
    private bool _isOpen;

    /// <summary>
    /// Told as <c>prev=</c> by the next event, and by no other: the number of the event before it, where that is not its
    /// own number minus one.
    /// </summary>
    public long? Preceding { private get; set; }

    /// <param name="verb">Three to eight capitals.</param>
    /// <param name="tag">1 to 999 999 999 999 999 999.</param>
    /// <param name="target">In wire form, already escaped by the rules of addresses; null for none.</param>
    public void Request(string verb, long tag, string? target = null)
    {
        CheckNumber(tag, least: 1);
        Open(verb, " "u8, tag, target);
    }

    /// <param name="code">100 to 599.</param>
    /// <param name="tag">Tag of the request answered, or 0.</param>
    /// <param name="reason">Reason word.</param>
    public void Response(int code, long tag, string reason)
    {
        CheckNumber(tag, least: 0);
        if (code is < 100 or > 599)
            throw new ArgumentOutOfRangeException(nameof(code), code, "A code is 100 to 599.");

        CheckWord(reason, 32, TokenRules.IsReason);
        Begin();
        TokenEncoder.Number(_output, code);
        _output.Write(" "u8);
        TokenEncoder.Number(_output, tag);
        _output.Write(" "u8);
        TokenEncoder.Word(_output, reason);
    }

    /// <param name="verb">Three to eight capitals.</param>
    /// <param name="sequence">1 to 999 999 999 999 999 999.</param>
    /// <param name="target">As for a request.</param>
    public void Event(string verb, long sequence, string? target = null)
    {
        CheckNumber(sequence, least: 1);
        Open(verb, " #"u8, sequence, target);
        TellPreceding();
    }

    /// <summary>
    /// Starts an event that many get; the receiver's own parameters follow, then <see cref="End(SharedEvent)"/>.
    /// </summary>
    /// <param name="shared">What all of them get.</param>
    /// <param name="sequence">As for any event.</param>
    public void Event(SharedEvent shared, long sequence)
    {
        ArgumentNullException.ThrowIfNull(shared);
        CheckNumber(sequence, least: 1);
        Begin();
        _output.Write(shared.Verb);
        TokenEncoder.Number(_output, sequence);
        _output.Write(shared.Target);
        TellPreceding();
    }

    /// <summary>
    /// Writes the whole of an event that many get, and of which nothing but the number is the receiver's own; it must not be ended.
    /// </summary>
    /// <param name="shared">What all of them get.</param>
    /// <param name="sequence">As for any event.</param>
    public void Whole(SharedEvent shared, long sequence)
    {
        ArgumentNullException.ThrowIfNull(shared);
        if (Preceding is not null || shared.Length > GreatestPiece)
        {
            Event(shared, sequence);
            End(shared);
            return;
        }

        // In one piece: each that is asked for costs as much as copying what goes into it (bench group).
        CheckNumber(sequence, least: 1);
        Begin();
        var piece = _output.GetSpan(shared.Length + TokenEncoder.MaxNumber);
        shared.Verb.CopyTo(piece);
        var rest = piece[shared.Verb.Length..];
        rest = rest[TokenEncoder.Number(rest, sequence)..];
        shared.Target.CopyTo(rest);
        rest = rest[shared.Target.Length..];
        shared.Rest.CopyTo(rest);
        _output.Advance(piece.Length - rest.Length + shared.Rest.Length);
        Close();
    }

    /// <summary>Writes a complete frame, which must not be ended.</summary>
    /// <param name="sequence">The highest sequence number received; it covers all below.</param>
    public void Acknowledge(long sequence)
    {
        Event("ACK", sequence);
        End();
    }

    /// <param name="name">Parameter name; with a leading <c>!</c> it is critical.</param>
    /// <param name="value">Any text without U+0000, unescaped. Lone surrogates become U+FFFD.</param>
    public readonly void Param(string name, string value)
    {
        RequireOpen();
        ParameterEncoder.Write(_output, name, value);
    }

    public readonly void Param(string name, Address value)
    {
        RequireOpen();
        ParameterEncoder.Write(_output, name, value);
    }

    public readonly void Param(string name, long value)
    {
        RequireOpen();
        ParameterEncoder.Write(_output, name, value);
    }

    /// <summary>Writes the time as <see cref="WireTime"/> does.</summary>
    public readonly void Param(string name, DateTimeOffset value)
    {
        RequireOpen();
        ParameterEncoder.Write(_output, name, value);
    }

    public readonly void Param(ReadOnlySpan<byte> name, ReadOnlySpan<byte> utf8Value)
    {
        RequireOpen();
        ParameterEncoder.Write(_output, name, utf8Value);
    }

    /// <summary>Writes a received parameter anew, with its critical mark.</summary>
    public readonly void Param(in Parameter parameter)
    {
        RequireOpen();
        ParameterEncoder.Write(_output, parameter);
    }

    /// <summary>Writes what all receivers get and ends the frame.</summary>
    public void End(SharedEvent shared)
    {
        ArgumentNullException.ThrowIfNull(shared);
        Close();
        _output.Write(shared.Rest);
    }

    /// <summary>Ends a frame without a body.</summary>
    public void End()
    {
        Close();
        _output.Write("\r\n"u8);
    }

    /// <summary>Ends a frame with a body; an empty one is written as <c>{0}</c>.</summary>
    public void End(ReadOnlySpan<byte> body)
    {
        Close();
        Size(body.Length);
        _output.Write(body);
        _output.Write("\r\n"u8);
    }

    /// <inheritdoc cref="End(ReadOnlySpan{byte})"/>
    public void End(in ReadOnlySequence<byte> body)
    {
        Close();
        Size(body.Length);
        foreach (var segment in body)
            _output.Write(segment.Span);

        _output.Write("\r\n"u8);
    }

    private void TellPreceding()
    {
        if (Preceding is not { } preceding)
            return;
        Preceding = null;
        Param("prev", preceding);
    }

    private void Open(string verb, ReadOnlySpan<byte> beforeNumber, long number, string? target)
    {
        CheckWord(verb, 8, TokenRules.IsVerb);
        if (target is not null)
            TokenEncoder.CheckPositional(target, nameof(target));

        Begin();
        TokenEncoder.Word(_output, verb);
        _output.Write(beforeNumber);
        TokenEncoder.Number(_output, number);
        if (target is null)
            return;

        _output.Write(" "u8);
        TokenEncoder.Word(_output, target);
    }

    private readonly void Size(long octets)
    {
        _output.Write(" {"u8);
        TokenEncoder.Number(_output, octets);
        _output.Write("}\r\n"u8);
    }

    private void Begin()
    {
        if (_isOpen)
            throw new InvalidOperationException("The frame before was not ended.");

        _isOpen = true;
    }

    private void Close()
    {
        RequireOpen();
        _isOpen = false;
    }

    private readonly void RequireOpen()
    {
        if (!_isOpen)
            throw new InvalidOperationException("No frame was started.");
    }

    private static void CheckNumber(long number, long least)
    {
        if (number < least || number > TokenRules.MaxNumber)
            throw new ArgumentOutOfRangeException(nameof(number), number, "Not a number of 1 to 18 digits.");
    }

    private static void CheckWord(string word, int longest, Func<ReadOnlySpan<byte>, bool> isValid)
    {
        Span<byte> octets = stackalloc byte[32];
        if (word.Length > longest || Ascii.FromUtf16(word, octets, out var length) != OperationStatus.Done
            || !isValid(octets[..length]))
            throw new ArgumentException("Not a verb or reason word.", nameof(word));
    }
}
