using System.Text.Unicode;

namespace Presence.Protocol.Framing;

/// <summary>
/// Walks one event without an object for what it says: for carriers that say it in other octets, of what a side writes that is
/// trusted to write frames. All others read frames by <see cref="FrameReader"/>, which trusts nobody.
/// </summary>
public ref struct EventReader
{
    private TokenCursor _cursor;

    private EventReader(ReadOnlySpan<byte> verb, long number, TokenCursor cursor)
    {
        Verb = verb;
        Number = number;
        _cursor = cursor;
        if (_cursor.TryNextPositional(out var target))
            Target = target;
    }

    public ReadOnlySpan<byte> Verb { get; }

    /// <summary>1 or more, at most 18 digits.</summary>
    public long Number { get; }

    /// <summary>In wire form; empty for none.</summary>
    public ReadOnlySpan<byte> Target { get; }

    /// <summary>False without a body; one of no octets is one.</summary>
    public bool HasBody { get; private init; }

    public ReadOnlySpan<byte> Body { get; private init; }

    /// <summary>False for a frame of another kind, or one that is none.</summary>
    /// <param name="frame">All of it, with its terminators, as <see cref="FrameBounds"/> cuts it.</param>
    /// <param name="told">At its first parameter; valid as long as the frame.</param>
    public static bool TryOpen(ReadOnlySpan<byte> frame, out EventReader told)
    {
        told = default;
        var end = frame.IndexOf((byte)'\n');
        if (end < 0)
            return false;
        var line = frame[..end].TrimEnd((byte)'\r');
        if (!Utf8.IsValid(line) || !SizeTail.TryRead(line, out var control, out var size) || size > frame.Length - end - 1)
            return false;
        var cursor = new TokenCursor(line[..control]);
        if (!cursor.TryNext(out var verb) || !cursor.TryNext(out var number) || number is not [(byte)'#', .. var digits]
            || verb.SequenceEqual("ACK"u8) || !TokenRules.TryPositive(digits, out var value))
            return false;
        var hasBody = size != SizeTail.None;
        told = new EventReader(verb, value, cursor)
        {
            HasBody = hasBody,
            Body = hasBody ? frame.Slice(end + 1, (int)size) : default,
        };
        return true;
    }

    /// <summary>The next parameter, in the order written.</summary>
    /// <param name="name">Without the <c>!</c> of a critical one.</param>
    /// <param name="value">In wire form: <see cref="Unescape"/> gives what it says.</param>
    /// <param name="isCritical">It had a <c>!</c>.</param>
    /// <exception cref="InvalidOperationException">It is no parameter.</exception>
    public bool TryNext(out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value, out bool isCritical)
    {
        name = value = default;
        isCritical = false;
        if (!_cursor.TryNext(out var token))
            return false;
        var equals = token.IndexOf((byte)'=');
        if (equals <= 0)
            throw new InvalidOperationException("What should be a parameter is none.");
        isCritical = token[0] == (byte)'!';
        name = token[(isCritical ? 1 : 0)..equals];
        value = token[(equals + 1)..];
        return true;
    }

    /// <summary>The text that a value in wire form stands for, in UTF-8.</summary>
    /// <param name="value">As <see cref="TryNext"/> gave it.</param>
    /// <param name="space">Where its octets are written if they are others; as long as the value at least.</param>
    /// <returns>The value itself, or the beginning of the space.</returns>
    /// <exception cref="InvalidOperationException">It has an escape that is none.</exception>
    public static ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> value, Span<byte> space)
    {
        if (!value.Contains((byte)'%'))
            return value;
        return Percent.TryUnescape(value, space, out var length) && Utf8.IsValid(space[..length])
            ? space[..length]
            : throw new InvalidOperationException("What should be an escape is none.");
    }
}
