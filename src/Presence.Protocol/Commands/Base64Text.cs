using System.Buffers.Text;

namespace Presence.Protocol.Commands;

/// <summary>The base64 of <c>data=</c>: standard alphabet with padding.</summary>
public static class Base64Text
{
    /// <summary>False for anything but one clean base64 text.</summary>
    public static bool TryDecode(string text, out ReadOnlyMemory<byte> octets)
    {
        octets = default;
        if (!Base64.IsValid(text))
            return false;
        octets = Convert.FromBase64String(text);
        return true;
    }

    public static string Encode(ReadOnlyMemory<byte> octets) => Convert.ToBase64String(octets.Span);
}
