using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Presence.Cluster.Tests.Stores;

/// <summary>The process of a store that serves at ports of this machine.</summary>
internal sealed class StoreProcess(string program, string toInstall, IReadOnlyList<int> ports, params string[] arguments)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private Process? _process;

    /// <summary>Returns when all ports answer.</summary>
    public async Task Start()
    {
        try
        {
            _process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false })!;
        }
        catch (Win32Exception cause)
        {
            throw new InvalidOperationException($"{program} is not on this machine: {toInstall}.", cause);
        }

        foreach (var port in ports)
            await Answers(port);
    }

    /// <summary>Asks it to stop, and waits until it has.</summary>
    public async Task Stop()
    {
        if (_process is null)
            return;
        await Command.Run("kill", _process.Id.ToString(CultureInfo.InvariantCulture));
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    private static async Task Answers(int port)
    {
        var until = TimeProvider.System.GetUtcNow() + Patience;
        while (true)
        {
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException) when (TimeProvider.System.GetUtcNow() < until)
            {
                await Task.Delay(Pause, TimeProvider.System);
            }
        }
    }
}
