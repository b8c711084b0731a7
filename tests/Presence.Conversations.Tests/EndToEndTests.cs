using System.Diagnostics;
using System.Security.Cryptography;
using Presence.Conversations.Tests.Node;
using Presence.Testing.Conversations;
using Presence.Testing.Wire;

namespace Presence.Conversations.Tests;

/// <summary>What two people seal for each other arrives as it was sent, whatever carries it (docs/protocol/messages.md, "Bodies").</summary>
public sealed class EndToEndTests(NodeUnderTest node) : IClassFixture<NodeUnderTest>
{
    private const string Approving =
        "# Bob lets Alice write\n@users alice:wonderland bob:builder\n"
        + "bob: login unseen\nbob> APPROVE 5 ~ who=alice@localhost\nbob< 200 5 ok ver=*\nbob> QUIT 6\nbob< 221 6 bye\nbob: closed";

    public static TheoryData<string, string> Carriers()
    {
        var pairs = new TheoryData<string, string>();
        foreach (var from in (string[])["", "tls", "ws"])
        {
            foreach (var to in (string[])["", "tls", "ws"])
                pairs.Add(from, to);
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(Carriers))]
    [Trait("Conformance", "MSG-03")]
    public async Task Any_octets_arrive_unchanged_between_any_two_carriers(string from, string to)
    {
        await using var host = new StoryHost(node);
        var (alice, bob) = await Two(host, from, to);
        byte[][] bodies =
            [[], [.. Enumerable.Range(0, 256).Select(n => (byte)n)], RandomNumberGenerator.GetBytes(20_000), "}\r\n{5}\r\nQUIT 1\r\n"u8.ToArray()];
        for (var n = 0; n < bodies.Length; n++)
        {
            Assert.StartsWith("202", await alice.Ask(
                $"SEND {{0}} bob@localhost mid=m{n} type=application/x-odd;a=%22b%20c%22", bodies[n]), StringComparison.Ordinal);
            var came = await Message(bob);
            Assert.Contains(" type=application/x-odd;a=\"b%20c\" ", came.Line + " ", StringComparison.Ordinal);
            Assert.Equal(bodies[n], came.Body);
        }
    }

    [Fact]
    [Trait("Conformance", "MSG-03")]
    public async Task A_letter_signed_and_sealed_with_openssl_is_opened_and_verified_with_openssl()
    {
        using var folder = new Keys();
        await using var host = new StoryHost(node);
        var (alice, bob) = await Two(host, "tls", "ws");
        await File.WriteAllTextAsync(folder["letter"], "Content-Type: text/plain\r\n\r\nsee you at 5\r\n");
        folder.OpenSsl("cms -sign -binary -in letter -signer alice.pem -inkey alice.key -out signed -outform SMIME");
        folder.OpenSsl("cms -encrypt -binary -aes256 -in signed -out sealed -outform DER bob.pem");

        var sent = await File.ReadAllBytesAsync(folder["sealed"]);
        Assert.StartsWith("202", await alice.Ask(
            "SEND {0} bob@localhost mid=s1 type=application/pkcs7-mime;smime-type=enveloped-data;name=smime.p7m", sent),
            StringComparison.Ordinal);
        var came = await Message(bob);
        await File.WriteAllBytesAsync(folder["came"], came.Body!);
        folder.OpenSsl("cms -decrypt -binary -inform DER -in came -recip bob.pem -inkey bob.key -out opened");
        folder.OpenSsl("cms -verify -binary -in opened -CAfile alice.pem -purpose any -out read");

        Assert.Contains(
            "see you at 5", await File.ReadAllTextAsync(folder["read"]), StringComparison.Ordinal);
    }

    private static async Task<(Asker Alice, Asker Bob)> Two(StoryHost host, string from, string to)
    {
        var cancel = TestContext.Current.CancellationToken;
        await ConversationRunner.Run(Conversation.Parse("approving", Approving), host, cancel);
        return (await Asker.LogIn(host, cancel, "alice:wonderland", from), await Asker.LogIn(host, cancel, "bob:builder", to));
    }

    private static async Task<WireFrame> Message(Asker bob)
    {
        while (true)
        {
            var frame = await bob.Next();
            if (frame.Line == "closed" || frame.Line.StartsWith("MSG ", StringComparison.Ordinal))
                return frame;
        }
    }

    /// <summary>A folder with a certificate and key for alice and for bob, and openssl in it.</summary>
    private sealed class Keys : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("presence-keys-");

        public Keys()
        {
            foreach (var who in (string[])["alice", "bob"])
            {
                OpenSsl($"req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN={who} -addext subjectAltName=email:{who}@localhost "
                    + $"-keyout {who}.key -out {who}.pem");
            }
        }

        public string this[string name] => Path.Combine(_folder.FullName, name);

        public void OpenSsl(string arguments)
        {
            using var process = Process.Start(new ProcessStartInfo("openssl", arguments)
            {
                WorkingDirectory = _folder.FullName,
                RedirectStandardError = true,
                UseShellExecute = false,
            })!;
            var told = process.StandardError.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, $"openssl {arguments}\n{told}");
        }

        public void Dispose() => _folder.Delete(recursive: true);
    }
}
