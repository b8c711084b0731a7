using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Presence.Client;
using Presence.Process.Tests.Node;

namespace Presence.Process.Tests;

/// <summary>Every way in which the .NET client connects over TLS, at a node as it is delivered.</summary>
public sealed class ClientTransportTests
{
    [Fact]
    public async Task Under_TLS_the_login_is_bound_to_the_certificate_whatever_carries_the_frames()
    {
        using var folder = new TemporaryFolder();
        await using var node = await NodeProcess.Start(folder.Path, "--Presence:Accounts:Iterations=4096");
        await node.AddUser("alice@localhost", "wonderland");
        var certificate = Path.Combine(folder.Path, "data", "dev-cert.pem");

        await LogIn($"pips://{node.Pips}", certificate);
        await LogIn($"wss://{node.Pips}/pip", certificate);
        await LogIn($"https://{node.Pips}", certificate);
    }

    private static async Task LogIn(string server, string certificate)
    {
        var seen = new ConcurrentQueue<string>();
        await using var me = await PresenceClient.ConnectAsync(new PresenceClientOptions
        {
            Account = "alice@localhost",
            Password = "wonderland",
            Server = server,
            ExtraAuthorities = [X509CertificateLoader.LoadCertificateFromFile(certificate)],
            Trace = (_, octets) => seen.Enqueue(Encoding.UTF8.GetString(octets.Span)),
        });

        await me.SetStatusAsync(server[..3]);

        Assert.Equal(server[..3], (await me.GetStatusAsync("alice@localhost"))?.Value);
        Assert.Contains(seen, frame => frame.StartsWith("AUTH 2 SCRAM-SHA-256-PLUS ", StringComparison.Ordinal));
    }
}
