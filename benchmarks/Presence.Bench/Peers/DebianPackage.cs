using System.Diagnostics;

namespace Presence.Bench.Peers;

/// <summary>A server that Debian has. It is installed only for a run that asks for it, and never as a running service.</summary>
internal static class DebianPackage
{
    private const string Policy = "/usr/sbin/policy-rc.d";

    /// <param name="program">What the package brings; if that is there, nothing is done.</param>
    /// <param name="say">Told before anything is installed.</param>
    /// <exception cref="BenchException">It is not there and cannot be installed.</exception>
    public static async Task Need(string package, string program, Action<string> say)
    {
        if (File.Exists(program))
            return;
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess || !File.Exists("/usr/bin/apt-get"))
            throw new BenchException($"{package} is needed: apt-get install {package}, or run this as root on Debian.");
        say($"installing {package} from Debian");
        // Debian asks this file whether to start a service that was installed; 101 is no.
        var isOurs = !File.Exists(Policy);
        if (isOurs)
        {
            await File.WriteAllTextAsync(Policy, "#!/bin/sh\nexit 101\n");
            File.SetUnixFileMode(Policy, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        try
        {
            await Run("update", "-qq");
            await Run("install", "-y", "-qq", "--no-install-recommends", package);
        }
        finally
        {
            if (isOurs)
                File.Delete(Policy);
        }
    }

    private static async Task Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("apt-get", arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment = { ["DEBIAN_FRONTEND"] = "noninteractive" },
        };
        using var process = Process.Start(start) ?? throw new BenchException("apt-get cannot be started.");
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new BenchException($"apt-get {string.Join(' ', arguments)} failed; what it said stands above.");
    }
}
