using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Presence.Transports.Connections;

internal static class ListenOptionsExtensions
{
    public static void UseLingeringClose(this ListenOptions listen)
    {
        var time = listen.ApplicationServices.GetRequiredService<TimeProvider>();
        listen.Use(next => new LingeringClose(next, time).OnConnection);
    }
}
