namespace Presence.Protocol.Framing;

/// <summary>Why a line was refused after its framing was decided.</summary>
internal readonly record struct TokenFault(int Code, string Reason, string? Param = null)
{
    public static TokenFault BadRequest { get; } = new(400, "bad-request");

    public static TokenFault TooMany { get; } = new(431, "too-many");

    public static TokenFault BadParameter(string name) => new(400, "bad-request", name);
}

/// <summary>
/// Reads the parameters at the end of a control line or of an item of a line-oriented body.
/// <code>param = [ "!" ] pname "=" value</code>
/// </summary>
internal static class ParameterParser
{
    /// <summary>Takes all remaining tokens. Null if they are good parameters, else the first fault.</summary>
    public static TokenFault? Read(ref TokenCursor cursor, int maxParameters, out Parameters parameters)
    {
        parameters = default;
        var tokens = cursor.Remaining;
        if (tokens == 0)
            return null;

        var items = new Parameter[Math.Min(tokens, maxParameters)];
        var count = 0;
        while (cursor.TryNext(out var token))
        {
            if (count == items.Length)
                return token.Contains((byte)'=') ? TokenFault.TooMany : TokenFault.BadRequest;

            if (ReadOne(token, out items[count]) is { } fault)
                return fault;

            if (IsRepeated(items, count))
                return TokenFault.BadParameter(items[count].Name);

            count++;
        }

        parameters = new Parameters(items);
        return null;
    }

    private static TokenFault? ReadOne(ReadOnlySpan<byte> token, out Parameter parameter)
    {
        parameter = default;
        var equals = token.IndexOf((byte)'=');
        if (equals < 0)
            return TokenFault.BadRequest;

        var isCritical = token[0] == (byte)'!';
        var wireName = token[(isCritical ? 1 : 0)..equals];
        if (!TokenRules.IsName(wireName))
            return TokenFault.BadRequest;

        var name = WireNames.Parameter(wireName);
        if (!Percent.TryDecode(token[(equals + 1)..], out var value))
            return TokenFault.BadParameter(name);

        parameter = new Parameter(name, value, isCritical);
        return null;
    }

    private static bool IsRepeated(Parameter[] items, int last)
    {
        for (var i = 0; i < last; i++)
        {
            if (items[i].Name == items[last].Name)
                return true;
        }

        return false;
    }
}
