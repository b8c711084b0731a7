using System.Text;

namespace Presence.Protocol.Sasl;

/// <summary>
/// <c>saslname = 1*(value-safe-char / "=2C" / "=3D")</c>: names within SCRAM messages, where the comma separates.
/// </summary>
internal static class SaslName
{
    /// <summary>Longest name, unescaped, in octets: a local part of 255, "@" and a domain of 253 fit.</summary>
    public const int MaxOctets = 512;

    public static string Escape(string name) =>
        name.Replace("=", "=3D", StringComparison.Ordinal).Replace(",", "=2C", StringComparison.Ordinal);

    public static bool TryUnescape(string escaped, out string name)
    {
        name = string.Empty;
        var text = new StringBuilder(escaped.Length);
        for (var at = 0; at < escaped.Length; at++)
        {
            if (escaped[at] != '=')
            {
                text.Append(escaped[at]);
                continue;
            }

            var code = escaped.AsSpan(at + 1, Math.Min(2, escaped.Length - at - 1));
            if (code is "2C")
                text.Append(',');
            else if (code is "3D")
                text.Append('=');
            else
                return false;
            at += 2;
        }

        name = text.ToString();
        return name.Length > 0 && Encoding.UTF8.GetByteCount(name) <= MaxOctets;
    }
}
