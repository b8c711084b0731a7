using System.Diagnostics;
using Presence.Client;
using Presence.Process.Tests.Node;

namespace Presence.Process.Tests;

/// <summary>The sample web page, as its reader would start it, against a real node.</summary>
public sealed class WebSampleTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task The_page_shows_who_is_online_and_each_change()
    {
        using var folder = new TemporaryFolder();
        await using var node = await NodeProcess.Start(folder.Path);
        await node.AddUser("web@localhost", "spider");
        await node.AddUser("bob@localhost", "builder");
        await using var bob = await PresenceClient.ConnectAsync(new PresenceClientOptions
        {
            Account = "bob@localhost",
            Password = "builder",
            Server = $"ws://{node.Http}/pip",
        });
        await bob.ApproveAsync("web@localhost");

        using var limit = new CancellationTokenSource(Patience);
        using var web = StartSample($"pip://{node.Pip}");
        try
        {
            using var http = new HttpClient { BaseAddress = await Address(web, limit.Token) };
            Assert.Contains("EventSource", await http.GetStringAsync("/", limit.Token), StringComparison.Ordinal);
            await using var stream = await http.GetStreamAsync("/online?who=bob@localhost", limit.Token);
            using var events = new StreamReader(stream);
            Assert.Equal("""data: {"who":"bob@localhost","status":"online"}""", await Data(events, limit.Token));

            await bob.SetStatusAsync("dnd", cancellation: limit.Token);
            Assert.Equal("""data: {"who":"bob@localhost","status":"dnd"}""", await Data(events, limit.Token));
        }
        finally
        {
            web.Kill();
            await web.WaitForExitAsync(limit.Token);
        }
    }

    private static System.Diagnostics.Process StartSample(string server) =>
        System.Diagnostics.Process.Start(new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            WorkingDirectory = Path.Combine(Repository.Root, "samples", "aspnet"),
            ArgumentList =
            {
                Repository.Output("samples/aspnet", "WhoIsOnline.dll"),
                "--urls=http://127.0.0.1:0",
                "--Presence:Account=web@localhost",
                "--Presence:Password=spider",
                $"--Presence:Server={server}",
            },
        })!;

    private static async Task<Uri> Address(System.Diagnostics.Process web, CancellationToken cancellation)
    {
        const string Listening = "Now listening on: ";
        while (await web.StandardOutput.ReadLineAsync(cancellation) is { } line)
        {
            if (line.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
                return new Uri(line[(at + Listening.Length)..]);
        }

        throw new InvalidOperationException("The sample did not start.");
    }

    private static async Task<string?> Data(StreamReader events, CancellationToken cancellation)
    {
        while (await events.ReadLineAsync(cancellation) is { } line)
        {
            if (line.StartsWith("data:", StringComparison.Ordinal))
                return line;
        }

        return null;
    }
}
