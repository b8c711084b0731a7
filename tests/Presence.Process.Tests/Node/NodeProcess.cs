using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Presence.Process.Tests.Node;

/// <summary>A node as a user runs it: a process of its own, with its own data folder and free ports.</summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly System.Diagnostics.Process _process;
    private readonly Task<string> _errors;

    private NodeProcess(System.Diagnostics.Process process, string folder, IReadOnlyList<string> banner)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
        Folder = folder;
        Banner = banner;
        Pip = EndPoint("pip ");
        Pips = EndPoint("pips ");
        Http = EndPoint("http ");
        Grpc = EndPoint("grpc ");
    }

    public string Folder { get; }

    public IReadOnlyList<string> Banner { get; }

    public IPEndPoint Pip { get; }

    public IPEndPoint Pips { get; }

    public IPEndPoint Http { get; }

    public IPEndPoint Grpc { get; }

    /// <summary>What opens administration.</summary>
    public string AdminToken => File.ReadAllText(Path.Combine(Folder, "data", "admin.token")).Trim();

    public int Id => _process.Id;

    public static Task<NodeProcess> Start(string folder, params string[] more) => Start(folder, new Dictionary<string, string>(), more);

    /// <summary>Starts a node and returns when it says that it is ready.</summary>
    public static async Task<NodeProcess> Start(
        string folder, IReadOnlyDictionary<string, string> environment, params string[] more)
    {
        var process = System.Diagnostics.Process.Start(Command(folder, environment, more))!;
        using var limit = new CancellationTokenSource(Patience);
        List<string> banner = [];
        while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            banner.Add(line);
            if (line.StartsWith("ready", StringComparison.Ordinal))
                return new NodeProcess(process, folder, banner);
        }

        throw new InvalidOperationException("The node did not start: " + await process.StandardError.ReadToEndAsync());
    }

    /// <summary>Runs a node that is expected to refuse its start; gives exit code and error text.</summary>
    public static async Task<(int Code, string Errors)> StartRefused(
        string folder, IReadOnlyDictionary<string, string> environment, params string[] more)
    {
        using var process = System.Diagnostics.Process.Start(Command(folder, environment, more))!;
        using var limit = new CancellationTokenSource(Patience);
        var errors = await process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, errors);
    }

    public void Kill() => Signal("KILL");

    public void Terminate() => Signal("TERM");

    /// <summary>It reads its configuration anew.</summary>
    public void HangUp() => Signal("HUP");

    public async Task<int> Exited()
    {
        using var limit = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    /// <summary>Resident memory in KiB, as the kernel counts it.</summary>
    public long ResidentKiB()
    {
        var line = File.ReadLines($"/proc/{Id}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);
    }

    public async Task AddUser(string address, string password)
    {
        using var http = Administration();
        using var answer = await http.PostAsJsonAsync("/admin/users", new { address, password });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    public async Task Import(string lines)
    {
        using var http = Administration();
        using var answer = await http.PostAsync("/admin/users/import", new StringContent(lines));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>A number of /admin/stats.</summary>
    public async Task<int> Statistic(string name)
    {
        using var http = Administration();
        using var answer = JsonDocument.Parse(await http.GetStringAsync("/admin/stats"));
        return answer.RootElement.GetProperty(name).GetInt32();
    }

    public async Task<string> Errors()
    {
        await Exited();
        return await _errors;
    }

    public async ValueTask DisposeAsync()
    {
        // Not by the command: the process may have gone since it was killed.
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static ProcessStartInfo Command(
        string folder, IReadOnlyDictionary<string, string> environment, string[] more)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
            ArgumentList =
            {
                Repository.Output("gateway", "Presence.Gateway.dll"),
                "--Presence:Listeners:Pip=127.0.0.1:0",
                "--Presence:Listeners:Pips=127.0.0.1:0",
                "--Presence:Listeners:Http=127.0.0.1:0",
                "--Presence:Listeners:Grpc=127.0.0.1:0",
                "--Presence:Listeners:Udp=127.0.0.1:0",
                $"--Presence:Data={Path.Combine(folder, "data")}",
            },
        };
        foreach (var argument in more)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return start;
    }

    private HttpClient Administration() => new()
    {
        BaseAddress = new Uri($"http://{Http}"),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", AdminToken) },
    };

    private IPEndPoint EndPoint(string listener)
    {
        var line = Banner.First(l => l.StartsWith(listener, StringComparison.Ordinal));
        return IPEndPoint.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);
    }

    private void Signal(string signal)
    {
        using var kill = System.Diagnostics.Process.Start("kill", [$"-{signal}", $"{Id}"]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }
}
