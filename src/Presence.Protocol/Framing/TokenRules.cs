using System.Buffers;

namespace Presence.Protocol.Framing;

/// <summary>Character rules of single tokens (docs/protocol, section 2.4, parts 2 and 10).</summary>
internal static class TokenRules
{
    /// <summary>Largest tag or sequence number: eighteen digits.</summary>
    public const long MaxNumber = 999_999_999_999_999_999;

    private static readonly SearchValues<byte> WordOctets =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-"u8);

    // verb = 3*8UC
    public static bool IsVerb(ReadOnlySpan<byte> token) =>
        token.Length is >= 3 and <= 8 && !token.ContainsAnyExceptInRange((byte)'A', (byte)'Z');

    // reason = LC *31( LC / DIGIT / "-" )
    public static bool IsReason(ReadOnlySpan<byte> token) => IsWord(token, 32);

    // pname = LC *15( LC / DIGIT / "-" )
    public static bool IsName(ReadOnlySpan<byte> token) => IsWord(token, 16);

    // code = %x31-35 2DIGIT
    public static bool TryCode(ReadOnlySpan<byte> token, out int code)
    {
        code = 0;
        if (token.Length != 3 || token[0] is < (byte)'1' or > (byte)'5' || !AreDigits(token))
            return false;

        code = (int)Number(token);
        return true;
    }

    // nzdigit *17DIGIT, the common part of tag and seq
    public static bool TryPositive(ReadOnlySpan<byte> token, out long number)
    {
        number = 0;
        if (token.Length is 0 or > 18 || token[0] == (byte)'0' || !AreDigits(token))
            return false;

        number = Number(token);
        return true;
    }

    /// <summary>Value of at most eighteen digits, which the caller has checked.</summary>
    public static long Number(ReadOnlySpan<byte> digits)
    {
        var number = 0L;
        foreach (var digit in digits)
            number = (number * 10) + (digit - '0');

        return number;
    }

    private static bool AreDigits(ReadOnlySpan<byte> token) =>
        !token.ContainsAnyExceptInRange((byte)'0', (byte)'9');

    private static bool IsWord(ReadOnlySpan<byte> token, int longest) =>
        token.Length >= 1 && token.Length <= longest && token[0] is >= (byte)'a' and <= (byte)'z'
        && !token.ContainsAnyExcept(WordOctets);
}
