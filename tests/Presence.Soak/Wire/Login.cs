using System.Net;
using System.Text;
using Presence.Testing.Wire;

namespace Presence.Soak.Wire;

/// <summary>Greeting, HELLO and AUTH with SCRAM-SHA-256.</summary>
internal static class Login
{
    /// <summary>First tag that is free after it.</summary>
    public const int NextTag = 4;

    /// <exception cref="IOException">The connection ended, or the server asks to come again.</exception>
    /// <exception cref="SoakException">The server refused the account.</exception>
    public static async Task<Connection> Run(EndPoint server, string domain, Account account, CancellationToken cancel)
    {
        var link = await Connection.Open(server, cancel);
        try
        {
            Expect("220", await link.Answer(cancel));
            Expect("200", await link.Ask($"HELLO 1 {domain} v=1.0 role=client agent=presence-soak", cancel));
            var scram = new ScramClient(account.Name, account.Password, ScramClient.FreshNonce());
            var challenge = Expect("310", await link.Ask($"AUTH 2 SCRAM-SHA-256 data={Base64(scram.ClientFirst)}", cancel));
            var proof = Expect("200", await link.Ask($"AUTH 3 * data={Base64(scram.ClientFinal(Text(challenge)))}", cancel));
            if (!scram.Proves(Text(proof)))
                throw new SoakException($"The server does not know the keys of {account.Name}.");
            return link;
        }
        catch
        {
            link.Dispose();
            throw;
        }
    }

    private static WireLine Expect(string code, WireLine answer)
    {
        if (answer.Words[0] == code)
            return answer;
        var said = string.Join(' ', answer.Words);
        throw answer.Words[0][0] is '5' || answer.Words[0] is "421" or "429" ? new IOException(said) : new SoakException($"The login failed: {said}");
    }

    private static string Text(WireLine answer) => Encoding.UTF8.GetString(Convert.FromBase64String(answer["data"] ?? ""));

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
