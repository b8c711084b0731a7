using System.Globalization;

namespace Presence.Bench.Node;

/// <summary>What the kernel says about the server's processes together (Linux, /proc).</summary>
/// <param name="Cpu">User and system time so far.</param>
/// <param name="ResidentKiB">Resident memory.</param>
internal readonly record struct ServerUse(TimeSpan Cpu, long ResidentKiB)
{
    // USER_HZ is 100 on every architecture that .NET runs on.
    private const double TicksPerSecond = 100;

    /// <summary>Null without a process.</summary>
    /// <exception cref="BenchException">There is no such process, or no /proc.</exception>
    public static ServerUse? Of(IReadOnlyList<int> processes) => processes.Count == 0
        ? null
        : processes.Select(Read).Aggregate((one, other) =>
            new ServerUse(one.Cpu + other.Cpu, one.ResidentKiB + other.ResidentKiB));

    private static ServerUse Read(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            // The name in parentheses may hold spaces; utime and stime are the 12th and 13th field behind it.
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            var resident = File.ReadLines($"/proc/{pid}/status")
                .First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
            return new ServerUse(
                TimeSpan.FromSeconds((Number(fields[11]) + Number(fields[12])) / TicksPerSecond), Number(resident));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BenchException($"Process {pid} cannot be looked at: {exception.Message}", exception);
        }
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
