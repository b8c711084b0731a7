using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Presence.Process.Tests.Node;

/// <summary>
/// A program of all examples that the client's README and docstrings show, each as a method of its own. It is written as the
/// reader would write it, and is told where the node is.
/// </summary>
internal static partial class ClientExamples
{
    private const string Documentation = "src/Presence.Client/bin/Release/net10.0/Presence.Client.xml";

    /// <summary>The examples as they stand, the README's first.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Code().Match(File.ReadAllText(Path.Combine(Repository.Root, "src/Presence.Client/README.md"))).Groups["code"].Value,
        .. XDocument.Load(Path.Combine(Repository.Root, Documentation)).Descendants("example")
            .Select(example => example.Element("code")!.Value),
    ];

    /// <summary>Runs one after the other and says so; bob plays his part beside.</summary>
    public static string Program(string server)
    {
        var program = new StringBuilder("""
            using Microsoft.Extensions.DependencyInjection;
            using Presence.Client;

            await using var bob = await PresenceClient.ConnectAsync(Options("bob", "builder"));
            await bob.ApproveAsync("alice@localhost");
            await using (var alice = await PresenceClient.ConnectAsync(Options("alice", "wonderland")))
                await alice.ApproveAsync("bob@localhost");

            var playing = Task.WhenAll(Reads(), Changes());

            """);
        for (var number = 0; number < All.Count; number++)
            program.AppendLine($"await Example{number}();").AppendLine($"Console.WriteLine(\"example {number} is done\");");

        program.AppendLine("return;");
        for (var number = 0; number < All.Count; number++)
            program.AppendLine(Method(number, server));

        return program.AppendLine("""
            async Task Reads()
            {
                await foreach (var message in bob.MessagesAsync())
                    Console.WriteLine($"bob read {message.Text}");
            }

            async Task Changes()
            {
                for (var number = 0; bob.State == ConnectionState.Connected; number++)
                {
                    await bob.SetStatusAsync(number % 2 == 0 ? "dnd" : "online");
                    try { await bob.SendAsync("alice@localhost", "Hello."); }
                    catch (PipRefusedException) { }
                    await Task.Delay(200);
                }
            }
            """).AppendLine($$"""
            static PresenceClientOptions Options(string name, string password) =>
                new() { Server = "{{server}}", Account = name + "@localhost", Password = password };
            """).ToString();
    }

    private static string Method(int number, string server)
    {
        var lines = All[number].Replace("pip://127.0.0.1:7749", server, StringComparison.Ordinal).Split('\n')
            .Where(line => !line.StartsWith("using ", StringComparison.Ordinal)).ToList();
        if (lines.Exists(line => line.Contains("builder.", StringComparison.Ordinal)))
            lines.Insert(0, "var builder = new { Services = new ServiceCollection() }; await Task.CompletedTask;");
        else if (!lines.Exists(line => line.Contains("var me =", StringComparison.Ordinal)))
            lines.Insert(0, "await using var me = await PresenceClient.ConnectAsync(Options(\"alice\", \"wonderland\"));");

        return $"static async Task Example{number}()\n{{\n{string.Join('\n', lines)}\n}}";
    }

    [GeneratedRegex("^```csharp\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();
}
