namespace Presence.Protocol.Framing;

/// <summary>
/// Walks the tokens of a line. Exactly one space separates two tokens (F9), so a doubled, leading or trailing space
/// shows as an empty token, which no rule accepts. Copying the cursor looks ahead.
/// </summary>
internal ref struct TokenCursor(ReadOnlySpan<byte> line)
{
    private ReadOnlySpan<byte> _rest = line;
    private bool _ended;

    /// <summary>Tokens not yet taken, empty ones included.</summary>
    public readonly int Remaining => _ended ? 0 : _rest.Count((byte)' ') + 1;

    public bool TryNext(out ReadOnlySpan<byte> token)
    {
        token = default;
        if (_ended)
            return false;

        var space = _rest.IndexOf((byte)' ');
        if (space < 0)
        {
            token = _rest;
            _ended = true;
            return true;
        }

        token = _rest[..space];
        _rest = _rest[(space + 1)..];
        return true;
    }

    /// <summary>Takes the next token if it is positional, that is, has no equals sign.</summary>
    public bool TryNextPositional(out ReadOnlySpan<byte> token)
    {
        var ahead = this;
        if (!ahead.TryNext(out token) || token.Contains((byte)'='))
            return false;

        this = ahead;
        return true;
    }
}
