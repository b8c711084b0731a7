using System.Runtime.InteropServices;

namespace Presence.Bench.Load;

/// <summary>
/// A steady rate, kept by a thread of its own that the system wakes. A timer of .NET comes one to two milliseconds late, which
/// would count as the server's latency. What it calls is done before the next is looked at.
/// </summary>
internal static partial class Pace
{
    // As long as one sleep may be; the clock is looked at in between.
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(100);
    private static readonly ManualResetEventSlim Never = new();

    /// <summary>Returns when the last one is done; fails as one fails.</summary>
    /// <param name="count">How many things are to be done.</param>
    /// <param name="perSecond">How many of them a second, above 0.</param>
    /// <param name="act">Does one: its number from 0, and the timestamp when it was due.</param>
    public static Task Keep(int count, double perSecond, Action<int, long> act) =>
        Task.Factory.StartNew(
            () =>
            {
                var begun = TimeProvider.System.GetTimestamp();
                var step = TimeProvider.System.TimestampFrequency / perSecond;
                for (var number = 0; number < count; number++)
                {
                    var due = begun + (long)(number * step);
                    Await(due);
                    act(number, due);
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);

    private static void Await(long due)
    {
        while (TimeProvider.System.GetElapsedTime(TimeProvider.System.GetTimestamp(), due) is { Ticks: > 0 } left)
            Sleep(left < Longest ? left : Longest);
    }

    private static void Sleep(TimeSpan time)
    {
        if (OperatingSystem.IsLinux())
            _ = NanoSleep(new TimeSpec(0, (nint)(time.Ticks * TimeSpan.NanosecondsPerTick)), 0);
        else
            Never.Wait(time);
    }

    [LibraryImport("libc", EntryPoint = "nanosleep")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int NanoSleep(in TimeSpec time, nint left);

    /// <summary>A struct timespec of a system whose words are as long as its pointers.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct TimeSpec(nint Seconds, nint Nanoseconds);
}
