using System.Diagnostics;
using Presence.Bench;

// Read by .NET when the first socket is made: one thread for all sockets, and callbacks run on it.
Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT", "1");
Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");
try
{
    if (args.Length == 0 || args.Contains("--help"))
    {
        Console.WriteLine(Usage.Text);
        return args.Length == 0 ? BenchCommand.Unusable : BenchCommand.Clean;
    }

    var options = BenchOptions.Parse(args[1..]);
    if (options.Number("core", least: 0) is { } core && OperatingSystem.IsLinux())
    {
        using var self = Process.GetCurrentProcess();
        self.ProcessorAffinity = (nint)1 << core;
    }

    return await new BenchCommand(Console.Out, Console.Error, Console.In).Run(args[0], options);
}
catch (Exception exception) when (exception is BenchException or TimeoutException or IOException
    or System.Net.Sockets.SocketException)
{
    await Console.Error.WriteLineAsync($"bench: {exception.Message}");
    return BenchCommand.Unusable;
}
