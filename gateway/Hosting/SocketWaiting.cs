namespace Presence.Gateway.Hosting;

/// <summary>How .NET waits for sockets. It reads that from the environment when the process makes its first one.</summary>
internal static class SocketWaiting
{
    private const string Inline = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>
    /// What has arrived is read by the thread that waits for all sockets, which hands octets on to Kestrel's pipes, and not by another one
    /// that has to be woken for it: a sixth of a login, a quarter of a message (<c>bench login</c>, <c>bench im</c>). That thread must never be
    /// blocked. Nothing of ours blocks it; drivers of databases might, so it is for a node that is alone. Whoever has set the
    /// variable is left alone, too.
    /// </summary>
    public static void ReadAtOnce()
    {
        if (Environment.GetEnvironmentVariable(Inline) is null)
            Environment.SetEnvironmentVariable(Inline, "1");
    }
}
