using System.Text;
using Presence.Bench.Node;
using Presence.Protocol.Sasl;

namespace Presence.Bench.Wire;

/// <summary>
/// HELLO, AUTH and BIND. SCRAM-SHA-256 if the server offers it, so that the costly part of a login is paid by the
/// generator, as it is by clients in the field; else PLAIN.
/// </summary>
internal static class Login
{
    public const string Endpoint = "e";

    /// <exception cref="BenchException">The server refused a step.</exception>
    /// <exception cref="TimeoutException">The server did not answer.</exception>
    public static async Task Run(PipLink link, string user, string domain)
    {
        var hello = await link.Require("HELLO", $"{domain} v=1.0 role=client agent=presence-bench");
        var words = hello.Split(' ');
        if (!SaslOffer.TryParse(Param(words, "auth="), words.Any(IsBinding) ? Param(words, "cb=") : null, out var offer))
            throw new BenchException($"The answer to HELLO is not understood: {hello}");
        if (offer.Lists(SaslMechanism.ScramSha256))
            await Scram(link, user, offer);
        else
            await link.Require("AUTH", $"PLAIN data={Base64(Encoding.UTF8.GetBytes($"\0{user}\0{Accounts.Password}"))}");
        await link.Require("BIND", $"ep={Endpoint} show=online");

        static bool IsBinding(string word) => word.StartsWith("cb=", StringComparison.Ordinal);
    }

    private static async Task Scram(PipLink link, string user, SaslOffer offer)
    {
        var exchange = new ScramClientExchange(
            new ScramClientSettings(offer, SaslMechanism.ScramSha256, user, Accounts.Password));
        var challenge = await link.Ask("AUTH", $"SCRAM-SHA-256 data={Base64(exchange.ClientFirst())}");
        if (exchange.ClientFinal(Data(challenge)) is not SaslOutcome.Continue final)
            throw new BenchException($"The server answered AUTH with {challenge}");
        var proof = await link.Require("AUTH", $"* data={Base64(final.Data.ToArray())}");
        if (exchange.Verify(Data(proof)) is not SaslOutcome.Success)
            throw new BenchException($"The server does not know the keys of {user}.");
    }

    private static byte[] Data(string answer)
    {
        var octets = new byte[answer.Length];
        return Convert.TryFromBase64String(Param(answer.Split(' '), "data="), octets, out var length)
            ? octets[..length]
            : [];
    }

    private static string Param(string[] words, string name) =>
        words.FirstOrDefault(word => word.StartsWith(name, StringComparison.Ordinal))?[name.Length..] ?? "";

    private static string Base64(byte[] octets) => Convert.ToBase64String(octets);
}
