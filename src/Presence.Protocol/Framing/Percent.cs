using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Presence.Protocol.Framing;

/// <summary>
/// Reads percent-encoded text. Escapes have capital digits and are decoded once; the octets must be valid UTF-8 both
/// as they stand on the wire and decoded, and never U+0000 (docs/protocol, section 2.3).
/// </summary>
internal static class Percent
{
    private const int OnStack = 256;

    public static bool TryDecode(ReadOnlySpan<byte> wire, out string text)
    {
        text = "";
        if (!Utf8.IsValid(wire))
            return false;

        if (!wire.Contains((byte)'%'))
        {
            text = Encoding.UTF8.GetString(wire);
            return true;
        }

        return TryUnescape(wire, ref text, keepText: true);
    }

    /// <summary>True if <see cref="TryDecode"/> would succeed.</summary>
    public static bool IsWellFormed(ReadOnlySpan<byte> wire)
    {
        var text = "";
        return Utf8.IsValid(wire) && (!wire.Contains((byte)'%') || TryUnescape(wire, ref text, keepText: false));
    }

    private static bool TryUnescape(ReadOnlySpan<byte> wire, ref string text, bool keepText)
    {
        var rented = wire.Length > OnStack ? ArrayPool<byte>.Shared.Rent(wire.Length) : null;
        var decoded = rented ?? stackalloc byte[OnStack];
        var valid = TryUnescape(wire, decoded, out var length) && Utf8.IsValid(decoded[..length]);
        if (valid && keepText)
            text = Encoding.UTF8.GetString(decoded[..length]);

        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);

        return valid;
    }

    /// <summary>False for an escape that is none. What it gives may be no UTF-8, and needs no more octets than it had.</summary>
    internal static bool TryUnescape(ReadOnlySpan<byte> wire, Span<byte> decoded, out int length)
    {
        length = 0;
        for (var escape = wire.IndexOf((byte)'%'); escape >= 0; escape = wire.IndexOf((byte)'%'))
        {
            if (escape + 2 >= wire.Length || !TryOctet(wire[escape + 1], wire[escape + 2], out var octet))
                return false;

            wire[..escape].CopyTo(decoded[length..]);
            length += escape;
            decoded[length++] = octet;
            wire = wire[(escape + 3)..];
        }

        wire.CopyTo(decoded[length..]);
        length += wire.Length;
        return true;
    }

    private static bool TryOctet(byte high, byte low, out byte octet)
    {
        var value = (Digit(high) << 4) | Digit(low);
        octet = (byte)value;
        return value > 0;
    }

    // Negative for anything but a capital hexadecimal digit; stays negative when shifted and joined.
    private static int Digit(byte digit) => digit switch
    {
        >= (byte)'0' and <= (byte)'9' => digit - '0',
        >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
        _ => -1,
    };
}
