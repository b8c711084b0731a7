using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Presence.Federation.Process.Tests.Network;

/// <summary>Network namespaces of Linux, as <c>ip netns</c> names them.</summary>
internal static partial class NetworkNamespace
{
    private const int NewNet = 0x4000_0000;

    /// <summary>
    /// Makes something in a namespace. A socket belongs for good to the namespace of the thread that has made it, so the
    /// thread that enters the namespace makes nothing else and ends.
    /// </summary>
    public static Task<T> Inside<T>(string name, Func<T> make)
    {
        var made = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                Enter(name);
                made.SetResult(make());
            }
            catch (Exception exception)
            {
                // Told to whoever awaits it.
                made.SetException(exception);
            }
        });
        thread.Start();
        return made.Task;
    }

    private static void Enter(string name)
    {
        using var file = File.OpenHandle($"/var/run/netns/{name}");
        if (SetNamespace(file, NewNet) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetNamespace(SafeFileHandle file, int kind);
}
