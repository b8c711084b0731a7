using System.Text;
using Presence.Client.Tests.Scripts;

namespace Presence.Cli.Tests.Scripts;

/// <summary>Commands that ask the server one thing after another and leave.</summary>
internal static class CliExchange
{
    /// <summary>Runs a command that sends exactly these requests and then QUIT.</summary>
    /// <param name="typed">The arguments.</param>
    /// <param name="exchanges">Each request as it must come, from tag 5 on, and its answer.</param>
    public static async Task<int> Exchange(
        this CliRun cli, ScriptedServer server, string[] typed, params (string Heard, string Answer)[] exchanges)
    {
        var run = cli.Run(typed);
        await server.LetIn();
        foreach (var (heard, answer) in exchanges)
            await server.Exchange(heard, answer);

        var tag = 5 + exchanges.Length;
        await server.Exchange($"QUIT {tag}", $"221 {tag} bye");
        return await run;
    }

    /// <summary>An answer with a list body.</summary>
    public static string List(string line, params string[] items)
    {
        var body = string.Concat(items.Select(item => item + "\r\n"));
        return $"{line} {{{Encoding.UTF8.GetByteCount(body)}}}\r\n{body}";
    }
}
