using System.Net;
using System.Security.Cryptography.X509Certificates;
using Presence.Federation.Process.Tests.Network;
using Presence.Federation.Tests.Fakes;
using Presence.Testing.Dns;

namespace Presence.Federation.Process.Tests.Node;

/// <summary>
/// a.example and b.example as their operators run them: two processes, a name server that says where they are, and an
/// authority that both trust.
/// </summary>
public sealed class TwoProcesses : IAsyncLifetime
{
    public const string AName = "a.example";
    public const string BName = "b.example";

    /// <summary>Also at home in the process of a.example, which has no certificate for it.</summary>
    public const string CName = "c.example";

    /// <summary>As c.example, but the name server knows nothing of it.</summary>
    public const string DName = "d.example";

    /// <summary>The name server says that it is at b.example's server, which knows nothing of it.</summary>
    public const string EName = "e.example";

    private const int DnsPort = 5353;

    private static readonly string SecretOfA = new('1', 64);
    private static readonly string SecretOfB = new('2', 64);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("presence-domains-");
    private readonly TestAuthority _authority = new();
    private TestNetwork? _network;
    private KnotServer? _dns;
    private DomainProcess? _a;
    private DomainProcess? _b;

    // The server that the DNS names for c.example: another one of the same operator, beside that of a.example, and the only one
    // with a certificate for it.
    private DomainProcess? _c;

    internal TestNetwork Network => _network!;

    internal KnotServer Dns => _dns!;

    internal DomainProcess A => _a!;

    internal DomainProcess B => _b!;

    /// <summary>PEM file of the authority's certificate.</summary>
    internal string Authorities => Path.Combine(_folder.FullName, "authority.pem");

    internal IPEndPoint DnsEnd => new(Network.Dns.Address, DnsPort);

    internal DomainProcess Of(string domain) => domain == BName ? B : A;

    public async ValueTask InitializeAsync()
    {
        _authority.Write(Authorities);
        _network = await TestNetwork.Create();
        _dns = await KnotServer.Start(DnsEnd, Network.Dns.Command, Zone(Network.B.Address), Cancel);
        _a = Domain(AName, Network.A, $"--Presence:Domains:1={CName}", $"--Presence:Domains:2={DName}");
        _b = Domain(BName, Network.B, "--Presence:Federation:Claims=true");
        _c = Domain(CName, (await Network.Move(Network.A)).Apart());
        await Task.WhenAll(_a.Start(), _b.Start(), _c.Start());
    }

    /// <summary>The records of both domains, b.example being at the given address.</summary>
    internal string Zone(IPAddress b) => $"""
        _pips-server._tcp.a SRV 10 0 {DomainProcess.PeerPort} pip.a
        _pips-server._tcp.b SRV 10 0 {DomainProcess.PeerPort} pip.b
        _pips-server._tcp.c SRV 10 0 {DomainProcess.PeerPort} pip.c
        _pips-server._tcp.e SRV 10 0 {DomainProcess.PeerPort} pip.b
        pip.a               A   {Network.A.Address}
        pip.b               A   {b}
        pip.c               A   {Network.A.Next().Address}
        """;

    /// <summary>b.example gets a second address, at which its node listens when it starts again, and its record says so.</summary>
    internal async Task MoveB()
    {
        var place = await Network.Move(Network.B);
        B.Move(place);
        await Dns.Change(Zone(place.Address), Cancel);
    }

    /// <summary>Gives a domain a new certificate, which its node reads within seconds.</summary>
    internal void Certify(string domain, TimeSpan begins, TimeSpan ends)
    {
        using var certificate = _authority.Issue(new CertificateWish([domain]) { Begins = begins, Ends = ends });
        using var key = certificate.GetECDsaPrivateKey()!;
        Directory.CreateDirectory(Path.Combine(_folder.FullName, domain));
        File.WriteAllText(
            CertificateOf(domain), $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
    }

    /// <summary>Waits until the node of a domain shows a certificate that is valid now, or one that is not.</summary>
    internal async Task Shows(string domain, bool isValid)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        while (await Of(domain).CertificateIsValid(Cancel) != isValid)
            await pace.WaitForNextTickAsync(Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in new IAsyncDisposable?[] { _a, _b, _c, _dns, _network })
        {
            if (part is not null)
                await part.DisposeAsync();
        }

        _authority.Dispose();
        _folder.Delete(recursive: true);
    }

    private string CertificateOf(string domain) => Path.Combine(_folder.FullName, domain, "domain.pem");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private DomainProcess Domain(string name, Place place, params string[] settings)
    {
        Certify(name, TimeSpan.FromHours(-1), TimeSpan.FromDays(30));
        return new DomainProcess(name, place, Path.Combine(_folder.FullName, name),
        [
            $"--Presence:Federation:Authorities={Authorities}",
            $"--Presence:Federation:ClaimSecret={(name == BName ? SecretOfB : SecretOfA)}",
            $"--Presence:Certificate:Path={CertificateOf(name)}",
            $"--Presence:Dns:Servers:0={DnsEnd}",
            "--Presence:Dns:Timeout=00:00:01",
            "--Presence:Sessions:AuthDelay=00:00:00",
            .. LinkLoadTests.Settings,
            "--Presence:Federation:Links:FirstPause=00:00:00.2",
            "--Presence:Federation:Links:LongestPause=00:00:05",
            "--Presence:Federation:Links:Idle=00:00:10",
            "--Presence:PeerDomains:SyncDelay=00:00:00.5",
            .. settings,
        ]);
    }
}
