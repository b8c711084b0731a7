using System.Diagnostics;
using System.Net;

namespace Presence.Conformance.Tests;

/// <summary>A node as a user runs it, with its own data folder and free ports.</summary>
public sealed class TestNode : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("presence-conformance-");
    private readonly List<string> _banner = [];
    private Process? _process;

    public IPEndPoint Pip => EndPoint("pip ");

    public IPEndPoint Pips => EndPoint("pips ");

    public Uri Administration => new($"http://{EndPoint("http ")}");

    public string Token => File.ReadAllText(Path.Combine(Data, "admin.token")).Trim();

    private string Data => Path.Combine(_folder.FullName, "data");

    public async ValueTask InitializeAsync()
    {
        string[] arguments =
        [
            Gateway(), $"--Presence:Data={Data}", "--Presence:Listeners:Pip=127.0.0.1:0", "--Presence:Listeners:Pips=127.0.0.1:0",
            "--Presence:Sessions:Anonymous=true", "--Presence:Listeners:PipStartTls=true", "--Presence:Listeners:Udp=127.0.0.1:0",
            "--Presence:Listeners:Http=127.0.0.1:0", "--Presence:Listeners:Grpc=off", "--Presence:Accounts:Iterations=4096",
        ];
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            WorkingDirectory = _folder.FullName,
        };
        _process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Patience);
        while (await _process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            _banner.Add(line);
            if (line.StartsWith("ready", StringComparison.Ordinal))
                return;
        }

        throw new InvalidOperationException("The node did not start; what it said stands above.");
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
            _process.Kill();
        if (_process is not null)
            await _process.WaitForExitAsync();
        _folder.Delete(recursive: true);
    }

    private static string Gateway()
    {
        var configuration = Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd('/')))!;
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Presence.Orleans.sln")))
            folder = folder.Parent;
        return Path.Combine(folder!.FullName, "gateway", "bin", configuration, "net10.0", "Presence.Gateway.dll");
    }

    private IPEndPoint EndPoint(string listener) => IPEndPoint.Parse(
        _banner.First(line => line.StartsWith(listener, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);
}
