using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Presence.Testing.Dns;

/// <summary>
/// A real name server, Debian's knot, that is the authority for <c>example.</c> on a free port of this machine.
/// </summary>
public sealed class KnotServer : IAsyncDisposable
{
    private const string Program = "/usr/sbin/knotd";
    private const string PortTaken = "address already in use";
    private const int Attempts = 5;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("presence-knot-");
    private readonly Func<string, string[], ProcessStartInfo> _command;
    private Process? _process;
    private Task _reading = Task.CompletedTask;
    private int _serial;

    private KnotServer(IPEndPoint end, Func<string, string[], ProcessStartInfo> command) => (End, _command) = (end, command);

    public IPEndPoint End { get; }

    /// <summary>Starts it with the given records, one a line, relative to <c>example.</c></summary>
    /// <exception cref="InvalidOperationException">It does not start; the message is what it said.</exception>
    public static async Task<KnotServer> Start(string records, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var end = new IPEndPoint(IPAddress.Loopback, FreePort());
            try
            {
                return await Start(end, (program, arguments) => new ProcessStartInfo(program, arguments), records, cancellation);
            }
            catch (InvalidOperationException taken) when (attempt < Attempts && taken.Message.Contains(PortTaken))
            {
                // Somebody else was given the port between our look and knot's.
            }
        }
    }

    /// <summary>Starts it at an address of its own, perhaps on another host of the test.</summary>
    /// <param name="end">Where it answers.</param>
    /// <param name="command">How a program with arguments is started there.</param>
    /// <param name="records">The zone.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="InvalidOperationException">It does not start; the message is what it said.</exception>
    public static async Task<KnotServer> Start(
        IPEndPoint end, Func<string, string[], ProcessStartInfo> command, string records, CancellationToken cancellation)
    {
        var server = new KnotServer(end, command);
        server.WriteConfiguration();
        server.WriteZone(records);
        try
        {
            await server.Run(cancellation);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it again after <see cref="Kill"/>, with the zone it had.</summary>
    public Task Restart(CancellationToken cancellation) => Run(cancellation);

    /// <summary>Replaces all records; what it answers may lag behind for a moment.</summary>
    public async Task Change(string records, CancellationToken cancellation)
    {
        WriteZone(records);
        await Signal("HUP", cancellation);
    }

    /// <summary>Ends the process as a crash does. The port stays silent.</summary>
    public async Task Kill(CancellationToken cancellation)
    {
        _process!.Kill();
        await _process.WaitForExitAsync(cancellation);
        await _reading;
        _process.Dispose();
        _process = null;
    }

    /// <summary>SIGSTOP: it goes on taking questions and answers none.</summary>
    public Task Freeze(CancellationToken cancellation) => Signal("STOP", cancellation);

    public Task Thaw(CancellationToken cancellation) => Signal("CONT", cancellation);

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        await _reading;
        _process?.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task Run(CancellationToken cancellation)
    {
        var start = _command(Program, ["-c", PathOf("knot.conf")]);
        (start.UseShellExecute, start.RedirectStandardError) = (false, true);
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{Program} does not start.");
        var said = new List<string>();
        while (await _process.StandardError.ReadLineAsync(cancellation) is { } line)
        {
            said.Add(line);
            if (!line.Contains("server started", StringComparison.Ordinal))
                continue;
            // What it says later must be read too, or it would stop when the pipe is full.
            _reading = _process.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
            return;
        }

        throw new InvalidOperationException($"{Program} ended: {string.Join(" | ", said)}");
    }

    private void WriteConfiguration()
    {
        Directory.CreateDirectory(PathOf("db"));
        File.WriteAllText(PathOf("knot.conf"), $"""
            server:
                rundir: "{_folder.FullName}"
                listen: {End.Address}@{End.Port}
                udp-workers: 1
                tcp-workers: 1
                background-workers: 1
            database:
                storage: "{PathOf("db")}"
            log:
              - target: stderr
                any: info
            zone:
              - domain: example
                file: "{PathOf("example.zone")}"
                journal-content: none
                zonefile-sync: -1

            """);
    }

    private void WriteZone(string records) => File.WriteAllText(PathOf("example.zone"), $"""
        $ORIGIN example.
        $TTL 60
        @ SOA ns.example. admin.example. {++_serial} 3600 600 86400 45
        @ NS ns.example.
        ns A 127.0.0.1
        {records}

        """);

    private async Task Signal(string name, CancellationToken cancellation)
    {
        using var kill = Process.Start("/bin/kill", ["-s", name, $"{_process!.Id}"]);
        await kill.WaitForExitAsync(cancellation);
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    // Free for TCP when looked at; connections of other tests take many of those, and few take ports of UDP.
    private static int FreePort()
    {
        using var tcp = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        tcp.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)tcp.LocalEndPoint!).Port;
    }
}
