using System.Globalization;
using Presence.Model.Addresses;
using Presence.Protocol.Framing;
using Presence.Protocol.Sasl;

namespace Presence.Client.Login;

/// <summary>What a server announces in its answer to HELLO (docs/protocol, section 2.5).</summary>
/// <param name="Domain">The domain asked for.</param>
/// <param name="Sasl">Mechanisms and channel bindings.</param>
/// <param name="Features">Names of optional features.</param>
/// <param name="MaxLine">Longest line it takes, in octets; default 4 096.</param>
/// <param name="MaxBody">Longest body it takes, in octets; default 65 536.</param>
/// <param name="Idle">Silence after which a side sends PING; default 120 seconds.</param>
public sealed record ServerOffer(
    Domain Domain, SaslOffer Sasl, IReadOnlyList<string> Features, int MaxLine, int MaxBody, TimeSpan Idle)
{
    /// <summary>Null if a parameter that login needs is missing or unreadable.</summary>
    internal static ServerOffer? Read(Frame answer, Domain domain)
    {
        var parameters = answer.Parameters;
        if (parameters["v"] is { } version && version != "1.0")
            return null;

        if (!SaslOffer.TryParse(parameters["auth"] ?? "", parameters["cb"], out var sasl))
            return null;

        return TryNumber(parameters, "maxline", 4096, out var maxLine)
            && TryNumber(parameters, "maxbody", 65536, out var maxBody)
            && TryNumber(parameters, "idle", 120, out var idle)
                ? new ServerOffer(
                    domain, sasl!, Items(parameters["features"]), maxLine, maxBody, TimeSpan.FromSeconds(idle))
                : null;
    }

    private static string[] Items(string? list) => string.IsNullOrEmpty(list) ? [] : list.Split(',');

    // Zero would make no sense for any of them, and would let the keep-alive spin.
    private static bool TryNumber(Parameters parameters, string name, int fallback, out int number)
    {
        number = fallback;
        return !parameters.TryGet(name, out var text)
            || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0);
    }
}
