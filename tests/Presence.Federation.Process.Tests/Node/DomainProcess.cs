using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Presence.Federation.Process.Tests.Network;
using Presence.Process.Tests.Node;

namespace Presence.Federation.Process.Tests.Node;

/// <summary>
/// The node of one domain as its operator runs it: a process of its own on a host of its own, which knows a name server and
/// an authority, and nothing of the other domain.
/// </summary>
internal sealed class DomainProcess(string domain, Place place, string folder, string[] settings) : IAsyncDisposable
{
    public const int PipPort = 7749;
    public const int PeerPort = 7751;

    private const int HttpPort = 8080;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);

    private System.Diagnostics.Process? _process;
    private Task<string> _output = Task.FromResult("");
    private Task<string> _errors = Task.FromResult("");

    public string Domain { get; } = domain;

    public Place Place { get; private set; } = place;

    /// <summary>Returns when it says that it is ready.</summary>
    public async Task Start()
    {
        _process = System.Diagnostics.Process.Start(Place.Command("dotnet",
        [
            Repository.Output("gateway", "Presence.Gateway.dll"),
            $"--Presence:Domains:0={Domain}",
            $"--Presence:Data={Path.Combine(folder, "data")}",
            $"--Presence:Listeners:Pip={Place.Loopback}:{PipPort}",
            "--Presence:Listeners:Pips=off",
            $"--Presence:Listeners:Http={Place.Loopback}:{HttpPort}",
            "--Presence:Listeners:Grpc=off",
            "--Presence:Listeners:Udp=off",
            $"--Presence:Listeners:Peers={Place.Address}:{PeerPort}",
            "--Presence:Silo:Port=0",
            "--Presence:Silo:GatewayPort=0",
            "--Presence:Federation:Trust=Open",
            .. settings,
        ]))!;
        _errors = _process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Patience);
        while (await _process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (!line.StartsWith("ready", StringComparison.Ordinal))
                continue;
            _output = _process.StandardOutput.ReadToEndAsync();
            return;
        }

        throw new InvalidOperationException($"The node of {Domain} did not start: {await _errors}");
    }

    /// <summary>Ends it as a power cut would.</summary>
    public async Task Kill()
    {
        if (_process is not { } process)
            return;
        _process = null;
        process.Kill();
        await process.WaitForExitAsync();
        await Task.WhenAll(_output, _errors);
        process.Dispose();
    }

    /// <summary>From its next start on it is somewhere else.</summary>
    public void Move(Place to) => Place = to;

    /// <summary>It does nothing more, and nobody is told: its connections stay open.</summary>
    public Task Freeze() => Signal("STOP");

    public Task Thaw() => Signal("CONT");

    public async Task AddUser(string address, string password)
    {
        using var http = Administration();
        using var answer = await http.PostAsJsonAsync("/admin/users", new { address, password });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    public async Task RemoveUser(string address)
    {
        using var http = Administration();
        using var answer = await http.DeleteAsync(new Uri($"/admin/users/{Uri.EscapeDataString(address)}", UriKind.Relative));
        Assert.True(answer.IsSuccessStatusCode, $"{address} was not removed: {answer.StatusCode}");
    }

    /// <summary>Is the certificate valid now that it shows to other domains?</summary>
    [SuppressMessage("Security", "CA5359", Justification = "An expired certificate is what is looked for.")]
    public async Task<bool> CertificateIsValid(CancellationToken cancel)
    {
        await using var tls = new SslStream(await Place.Reach(PeerPort, cancel));
        X509Certificate2? shown = null;
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = Domain,
                ApplicationProtocols = [new SslApplicationProtocol("pip/1")],
                RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                {
                    shown = X509CertificateLoader.LoadCertificate(certificate!.GetRawCertData());
                    return true;
                },
            },
            cancel);
        using (shown)
            return shown!.NotAfter > TimeProvider.System.GetLocalNow().DateTime;
    }

    public Task<Stream> Connect(CancellationToken cancel) => Place.Connect(PipPort, cancel);

    public async ValueTask DisposeAsync() => await Kill();

    private HttpClient Administration()
    {
        var token = File.ReadAllText(Path.Combine(folder, "data", "admin.token")).Trim();
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancel) => await Place.Connect(HttpPort, cancel),
        };
        return new HttpClient(handler)
        {
            BaseAddress = new Uri($"http://{Place.Loopback}:{HttpPort}"),
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
        };
    }

    private async Task Signal(string name)
    {
        var (code, _, errors) = await Script.Run("kill", ["-s", name, $"{_process!.Id}"]);
        Assert.True(code == 0, errors);
    }
}
