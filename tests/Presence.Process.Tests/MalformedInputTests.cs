using System.Net;
using System.Net.Sockets;
using Presence.Process.Tests.Node;
using Presence.Testing;

namespace Presence.Process.Tests;

/// <summary>Hostile octets cost the one who sends them his connection, and nobody else anything.</summary>
public sealed class MalformedInputTests
{
    private const int Inputs = 1000;
    private const long MaxGrowthKiB = 48 * 1024;

    private static readonly byte[][] Corpus =
    [
        "HELLO 1 localhost v=1.0 role=client\r\nAUTH 2 SCRAM-SHA-256 data=biwsbj1hbGljZSxyPWFiYw==\r\n"u8.ToArray(),
        "HELLO 1 localhost v=1.0\r\nSEND 2 bob@localhost mid=m type=text/plain {5}\r\nhello\r\nPING 3\r\n"u8.ToArray(),
        "HELLO 1 localhost v=1.0\r\nAUTH 2 PLAIN data=AGFsaWNlAHdvbmRlcmxhbmQ=\r\nBIND 3 ep=e show=online\r\n"u8.ToArray(),
        "HELLO 1 localhost v=1.0\nSET 2 ~/note val=%20%25%7B {0}\n\n\n\nACK #7\n200 3 ok\nNOTIFY #1 a@b id=x\n"u8.ToArray(),
        "QUIT 1\r\nQUIT 2 {99999999999}\r\n\x01\x02\x7f"u8.ToArray(),
    ];

    [Fact]
    public async Task A_thousand_malformed_inputs_leave_the_node_answering_and_its_memory_flat()
    {
        var generator = new SeededGenerator(7);
        using var folder = new TemporaryFolder();
        await using var node = await NodeProcess.Start(folder.Path, "--Presence:Sessions:PlainOnLoopback=true");
        await node.AddUser("alice@localhost", "wonderland");
        using var witness = await LineClient.LogIn(node.Pip, "alice", "wonderland");

        // The first ones pay for what is made once: code, pools, threads.
        for (var i = 0; i < Inputs; i++)
            await SendAndClose(node.Pip, Mutate(generator));
        var before = node.ResidentKiB();
        for (var i = 0; i < Inputs; i++)
            await SendAndClose(node.Pip, Mutate(generator));
        var growth = node.ResidentKiB() - before;

        Assert.StartsWith("200", await witness.Ask("PING #"), StringComparison.Ordinal);
        Assert.True(growth < MaxGrowthKiB, $"seed {generator.Seed}: memory grew by {growth} KiB");
    }

    /// <summary>Sends everything, half-closes, and reads until the node closes too.</summary>
    private static async Task SendAndClose(IPEndPoint end, byte[] octets)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var client = new TcpClient();
        await client.ConnectAsync(end, limit.Token);
        var stream = client.GetStream();
        try
        {
            await stream.WriteAsync(octets, limit.Token);
            client.Client.Shutdown(SocketShutdown.Send);
            var buffer = new byte[4096];
            while (await stream.ReadAsync(buffer, limit.Token) > 0)
            {
            }
        }
        catch (IOException)
        {
            // The node may close before it has read everything.
        }
    }

    private static byte[] Mutate(SeededGenerator generator)
    {
        var octets = generator.Choose(Corpus).ToList();
        for (var changes = generator.Between(1, 8); changes > 0 && octets.Count > 0; changes--)
        {
            var at = generator.Next(octets.Count);
            switch (generator.Next(5))
            {
                case 0:
                    octets[at] = (byte)generator.Next(256);
                    break;
                case 1:
                    octets.RemoveAt(at);
                    break;
                case 2:
                    octets.Insert(at, (byte)generator.Next(256));
                    break;
                case 3:
                    octets.InsertRange(at, Enumerable.Repeat((byte)generator.Next(256), generator.Between(1, 9000)));
                    break;
                default:
                    octets.RemoveRange(at, octets.Count - at);
                    break;
            }
        }

        return [.. octets];
    }
}
