using Presence.Conformance.Run;
using Presence.Conformance.Statements;

namespace Presence.Conformance.Checks;

/// <summary>LOC: what a client sees of names.</summary>
internal static class AddressChecks
{
    /// <summary>Local parts that the canonical form refuses.</summary>
    private static readonly string[] Refused =
        ["İx", "a\u200Db", ".alice", "alice.", "al..ice", new string('a', 65), "\uE000", "al\u00ADice", "al!ice"];

    [Check("LOC-01")]
    public static async Task Two_spellings_reach_one_node(Scene scene)
    {
        var alice = await scene.Connected("alice");
        await alice.Expect("200", "SET ~/note val=hello");
        foreach (var spelling in (string[])[$"{alice}".ToUpperInvariant(), Wide($"{alice.User!.Name}") + $"@{scene.Domain}"])
        {
            var got = await alice.Ask($"GET {spelling}/note");
            alice.Must("200|484", got, $"another spelling of the own address, {spelling}");
            if (got.Is("200") && got["val"] != "hello")
                throw alice.Failed("the same node under another spelling", $"{got}");
        }

        foreach (var local in Refused)
            await alice.Expect("484|400", $"GET {local}@{scene.Domain}/note");
        scene.Leave("vectors that a server maps without telling");
    }

    /// <summary>The full-width forms of letters and digits.</summary>
    private static string Wide(string text) => string.Concat(
        text.Select(character => char.IsAsciiLetterOrDigit(character) ? (char)(character - '!' + '\uFF01') : character));
}
