using System.Net.Sockets;
using Presence.Bench.Load;
using Presence.Bench.Node;
using Presence.Bench.Pip;

namespace Presence.Bench.Scenarios;

/// <summary>
/// A client that sends far more than it may and cares for no answer; cut off, it comes back at once. It has a thread of its
/// own, since its sending blocks where the server does not read. That thread has the lowest priority: a flooder stands for another's
/// machine, and what its own sending costs here must not be taken for what the server's other clients feel.
/// </summary>
internal sealed class Flooder(BenchRun run, int user, int rate) : IDisposable
{
    private const int Batch = 50;
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(5);

    private readonly ManualResetEventSlim _stop = new();
    private PipLink? _link;

    /// <summary>Requests that the server's socket has taken.</summary>
    public long Sent { get; private set; }

    /// <summary>Floods until <see cref="Stop"/>.</summary>
    public async Task Run()
    {
        while (!_stop.IsSet)
        {
            try
            {
                // What becomes of its requests is nobody's loss.
                using var link = new PipLink(new Tally(run.Tally.Patience), run.Domain, run.Way);
                _link = link;
                await link.Connect(run.Server);
                await Login.Run(link, Accounts.Name(user), run.Domain);

                // Began on a thread of its own, it would go on here on one of the pool, and block it: eight flooders took all
                // threads of the generator, whose other connections then waited about a second each for a new one.
                await Task.Factory.StartNew(
                    () => Flood(link), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            }
            catch (Exception exception) when (exception is SocketException or IOException or ObjectDisposedException
                or BenchException or TimeoutException)
            {
                // Cut by the server, or by Stop.
                await Task.Delay(Breath, TimeProvider.System);
            }
        }
    }

    /// <summary>Cuts the connection, and with it a sending that is stuck.</summary>
    public void Stop()
    {
        _stop.Set();
        _link?.Dispose();
    }

    public void Dispose() => _stop.Dispose();

    private void Flood(PipLink link)
    {
        OwnPriority.Yield();
        var time = TimeProvider.System;
        var begun = time.GetTimestamp();
        for (var sent = 0L; !_stop.IsSet; sent++)
        {
            link.Post("PING", "");
            Sent++;
            var early = TimeSpan.FromSeconds((double)sent / rate) - time.GetElapsedTime(begun);
            if (sent % Batch == 0 && early > TimeSpan.Zero)
                _stop.Wait(early);
        }
    }
}
