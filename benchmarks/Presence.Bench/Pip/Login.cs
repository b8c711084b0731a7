using System.Text;
using Presence.Bench.Links;
using Presence.Bench.Node;

namespace Presence.Bench.Pip;

/// <summary>HELLO, AUTH and BIND; by SCRAM-SHA-256 if the server offers it, else by PLAIN.</summary>
internal static class Login
{
    public const string Endpoint = "e";

    /// <exception cref="BenchException">The server refused a step.</exception>
    /// <exception cref="TimeoutException">The server did not answer.</exception>
    public static async Task Run(PipLink link, string user, string domain)
    {
        var hello = await link.Require("HELLO", $"{domain} v=1.0 role=client agent=presence-bench");
        if (Param(hello, "auth=").Split(',').Contains("SCRAM-SHA-256", StringComparer.Ordinal))
            await Scram(link, user);
        else
            await link.Require("AUTH", $"PLAIN data={Base64(Encoding.UTF8.GetBytes($"\0{user}\0{Accounts.Password}"))}");
        await link.Require("BIND", $"ep={Endpoint} show=online");
    }

    private static async Task Scram(PipLink link, string user)
    {
        var scram = new ScramLogin(user);
        var challenge = await link.Ask("AUTH", $"SCRAM-SHA-256 data={Base64(scram.First())}");
        var verdict = await link.Require("AUTH", $"* data={Base64(scram.Final(Data(challenge)))}");
        scram.Verify(Data(verdict));
    }

    private static byte[] Data(string answer)
    {
        var octets = new byte[answer.Length];
        return Convert.TryFromBase64String(Param(answer, "data="), octets, out var length) ? octets[..length] : [];
    }

    private static string Param(string answer, string name) => Array.Find(
        answer.Split(' '), word => word.StartsWith(name, StringComparison.Ordinal))?[name.Length..] ?? "";

    private static string Base64(byte[] octets) => Convert.ToBase64String(octets);
}
