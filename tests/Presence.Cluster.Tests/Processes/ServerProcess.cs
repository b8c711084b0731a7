using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using Presence.Cluster.Tests.Stores;

namespace Presence.Cluster.Tests.Processes;

/// <summary>A process of the cluster, as an operator runs it.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly Process _process;
    private readonly StringBuilder _errors = new();
    private bool _isDisposed;

    private ServerProcess(string name, Process process)
    {
        Name = name;
        _process = process;
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_errors)
                _errors.AppendLine(line.Data);
        };
        _process.BeginErrorReadLine();
    }

    public string Name { get; }

    public IReadOnlyList<string> Banner { get; private set; } = [];

    /// <summary>What it wrote to stderr.</summary>
    public string Errors
    {
        get
        {
            lock (_errors)
                return _errors.ToString();
        }
    }

    /// <summary>Starts it and waits until it says that it is ready.</summary>
    public static async Task<ServerProcess> Start(
        string name, string program, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (key, value) in environment)
            start.Environment[key] = value;
        var server = new ServerProcess(name, Process.Start(start)!);
        if (await server.IsReady())
            return server;
        await server.DisposeAsync();
        throw new InvalidOperationException($"{name} did not start: {server.Errors}");
    }

    public IPEndPoint EndPoint(string listener) => IPEndPoint.Parse(
        Banner.First(line => line.StartsWith(listener + ' ', StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);

    /// <summary>kill -9.</summary>
    public async Task Kill()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGSTOP: it is there and does nothing.</summary>
    public Task Freeze() => Signal("-STOP");

    public Task Thaw() => Signal("-CONT");

    /// <summary>SIGTERM; gives the exit code.</summary>
    public async Task<int> End()
    {
        await Signal("-TERM");
        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        if (!_process.HasExited)
            await Kill();
        _process.Dispose();
    }

    private async Task<bool> IsReady()
    {
        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        List<string> banner = [];
        Banner = banner;
        try
        {
            while (await _process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
            {
                banner.Add(line);
                if (line.StartsWith("ready", StringComparison.Ordinal))
                    return true;
            }
        }
        catch (OperationCanceledException)
        {
            // It takes too long.
        }

        return false;
    }

    private Task Signal(string signal) =>
        Command.Run("kill", signal, _process.Id.ToString(CultureInfo.InvariantCulture));
}
