using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Presence.Process.Tests.Node;

/// <summary>
/// A node that knows an issuer of tokens, an authority and one pinned certificate, offers no PLAIN over TLS, and STARTTLS.
/// </summary>
public sealed class VouchedNode : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private NodeProcess _node = null!;

    internal Vouchers Vouchers { get; } = new();

    internal X509Certificate2 Pinned { get; private set; } = null!;

    internal IPEndPoint Pip => _node.Pip;

    internal IPEndPoint Pips => _node.Pips;

    public async ValueTask InitializeAsync()
    {
        Pinned = Vouchers.Certificate("nobody@elsewhere.example", isSelfSigned: true);
        _node = await NodeProcess.Start(
            _folder.Path,
            [
                .. Vouchers.Options(_folder.Path, Pinned), "--Presence:Sessions:PlainOverTls=false",
                "--Presence:Listeners:PipStartTls=true",
            ]);
        await _node.AddUser("alice@localhost", "wonderland");
        await _node.AddUser("bob@localhost", "builder");
    }

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        Pinned.Dispose();
        Vouchers.Dispose();
        _folder.Dispose();
    }
}
