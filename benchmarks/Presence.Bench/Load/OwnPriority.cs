using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Presence.Bench.Load;

/// <summary>
/// What the calling thread may take of the processor. .NET's own <see cref="Thread.Priority"/> does nothing on Linux; the system
/// knows a priority of each thread (sched(7), "The nice value").
/// </summary>
internal static partial class OwnPriority
{
    private const int OfProcess = 0;
    private const uint Caller = 0;
    private const int Lowest = 19;

    /// <summary>From now on this thread runs in the time that others leave. It cannot be taken back.</summary>
    /// <exception cref="Win32Exception">The system refused.</exception>
    public static void Yield()
    {
        if (OperatingSystem.IsLinux() && SetPriority(OfProcess, Caller, Lowest) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    [LibraryImport("libc", EntryPoint = "setpriority", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetPriority(int which, uint who, int priority);
}
