using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Presence.Transports.Connections;

namespace Presence.Transports.Tcp;

public static class ClearTextListener
{
    /// <summary>
    /// PIP in clear text, for tests and for typing by hand. Passwords and messages would be open to the network, so it
    /// listens on this machine only (docs/protocol 2.12).
    /// </summary>
    /// <exception cref="ArgumentException">The address is not a loopback address.</exception>
    public static ListenOptions UsePip(this ListenOptions listen)
    {
        ArgumentNullException.ThrowIfNull(listen);
        if (listen.IPEndPoint is not { } end || !IPAddress.IsLoopback(end.Address))
            throw new ArgumentException("Clear text is for loopback addresses only.", nameof(listen));
        listen.UseLingeringClose();
        listen.UseConnectionHandler<SessionConnectionHandler>();
        return listen;
    }
}
