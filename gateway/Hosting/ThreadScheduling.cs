using System.Runtime.InteropServices;

namespace Presence.Gateway.Hosting;

/// <summary>How the system lets the threads of this process take turns (sched(7)). Source: decision 0101.</summary>
internal static partial class ThreadScheduling
{
    private const int Caller = 0;
    private const int Ordinary = 0;
    private const int Batch = 3;

    /// <summary>
    /// On Linux a thread that is woken waits until the one that runs pauses or has had its time, instead of pushing it aside: on few cores that is
    /// what a thread does that waits for sockets, for every few octets (10 % of <c>bench im</c>, a fifth of <c>bench login</c>, and no more
    /// minutes in which <c>bench fanout</c> takes a third more). For the calling thread and all that are started by it, so it comes before them.
    /// Where somebody has chosen another policy, or the system refuses, all stays as it was.
    /// </summary>
    public static void FinishFirst()
    {
        var none = 0;
        if (OperatingSystem.IsLinux() && GetPolicy(Caller) == Ordinary)
            _ = SetPolicy(Self(), Batch, in none);
    }

    [LibraryImport("libc", EntryPoint = "pthread_self")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nuint Self();

    // Not sched_setscheduler: of it the C library does not know, and threads that are started get the policy that it remembers.
    [LibraryImport("libc", EntryPoint = "pthread_setschedparam")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetPolicy(nuint thread, int policy, in int priority);

    [LibraryImport("libc", EntryPoint = "sched_getscheduler")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetPolicy(int thread);
}
