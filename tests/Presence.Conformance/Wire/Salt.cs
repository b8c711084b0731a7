namespace Presence.Conformance.Wire;

/// <summary>
/// A server remembers (sender, mid) and (sender, inv) for minutes. Where accounts are used again, each check therefore adds
/// an ending of its own to the identifiers that its text names.
/// </summary>
internal static class Salt
{
    private static readonly string[] Names = [" mid=", " inv="];

    public static string Into(string line, string salt)
    {
        if (salt.Length == 0)
            return line;
        foreach (var name in Names)
        {
            var at = line.IndexOf(name, StringComparison.Ordinal);
            if (at < 0)
                continue;
            var end = line.AsSpan(at + name.Length).IndexOfAny(' ', '\r');
            line = line.Insert(end < 0 ? line.Length : at + name.Length + end, salt);
        }

        return line;
    }
}
