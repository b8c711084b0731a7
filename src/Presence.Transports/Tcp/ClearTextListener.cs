using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Presence.Transports.Connections;
using Presence.Transports.Tls;

namespace Presence.Transports.Tcp;

public static class ClearTextListener
{
    /// <summary>
    /// PIP in clear text, for tests and for typing by hand. Passwords and messages would be open to the network, so it
    /// listens on this machine only (docs/protocol 2.12).
    /// </summary>
    /// <param name="listen">The listener.</param>
    /// <param name="startsTls">True to turn to TLS when a client asks for it by STARTTLS.</param>
    /// <exception cref="ArgumentException">The address is not a loopback address.</exception>
    public static ListenOptions UsePip(this ListenOptions listen, bool startsTls = false)
    {
        ArgumentNullException.ThrowIfNull(listen);
        if (listen.IPEndPoint is not { } end || !IPAddress.IsLoopback(end.Address))
            throw new ArgumentException("Clear text is for loopback addresses only.", nameof(listen));
        listen.UseLingeringClose();
        if (startsTls)
            listen.UseStartTls();
        listen.UseConnectionHandler<SessionConnectionHandler>();
        return listen;
    }

    private static void UseStartTls(this ListenOptions listen)
    {
        var services = listen.ApplicationServices;
        var handshake = ActivatorUtilities.CreateInstance<Handshake>(services, Handshake.PipOnly);
        listen.Use(next => ActivatorUtilities.CreateInstance<StartTls>(services, next, handshake).OnConnection);
    }
}
