using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Presence.Bench.Peers;

/// <summary>
/// Another server on this machine, started for one run from a configuration of its own in a temporary folder; both go with
/// it. It listens on a free port of loopback.
/// </summary>
internal sealed class PeerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly TaskCompletionSource _isReady = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Queue<string> _said = new();
    private readonly DirectoryInfo _folder;
    private readonly Process _process;

    private PeerProcess(DirectoryInfo folder, Process process, IPEndPoint server)
    {
        _folder = folder;
        _process = process;
        Server = server;
    }

    public IPEndPoint Server { get; }

    public int Id => _process.Id;

    /// <param name="prepare">Writes what the server needs into the folder, and gives the command that starts it there.</param>
    /// <param name="core">Core to pin it to; null for any.</param>
    /// <exception cref="BenchException">It does not start; what it said last stands in the message.</exception>
    public static async Task<PeerProcess> Start(Func<string, int, IReadOnlyList<string>> prepare, int? core)
    {
        var folder = Directory.CreateTempSubdirectory("presence-peer-");
        var server = FreePort();
        IEnumerable<string> pinned = core is { } number ? ["taskset", "-c", $"{number}"] : [];
        string[] command = [.. pinned, .. prepare(folder.FullName, server.Port)];
        var process = new Process
        {
            StartInfo = new ProcessStartInfo(command[0], command.Skip(1))
            {
                UseShellExecute = false,
                WorkingDirectory = folder.FullName,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["HOME"] = folder.FullName },
            },
        };
        var peer = new PeerProcess(folder, process, server);
        try
        {
            await peer.Begin();
            return peer;
        }
        catch
        {
            await peer.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private static IPEndPoint FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return (IPEndPoint)socket.LocalEndPoint!;
    }

    private async Task Begin()
    {
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.Exited += (_, _) => _isReady.TrySetException(new BenchException($"The peer ended:\n{Said()}"));
        _process.EnableRaisingEvents = true;
        _process.Start();
        // Whoever ends the run by a signal wants no peer left behind.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Kill();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        try
        {
            await _isReady.Task.WaitAsync(Patience, TimeProvider.System);
        }
        catch (TimeoutException exception)
        {
            throw new BenchException($"The peer is not ready after {Patience.TotalMinutes} minutes:\n{Said()}", exception);
        }
    }

    private void Hear(string? line)
    {
        if (line is null)
            return;
        if (line.StartsWith("ready", StringComparison.Ordinal))
            _isReady.TrySetResult();
        lock (_said)
        {
            _said.Enqueue(line);
            if (_said.Count > 20)
                _said.Dequeue();
        }
    }

    private string Said()
    {
        lock (_said)
            return string.Join('\n', _said);
    }

    private void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // Never started, or gone already.
        }
    }
}
