using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Presence.Sessions;
using Presence.Sessions.Transport;

namespace Presence.Transports.Udp;

/// <summary>Opens the socket with the node, and closes it when the last session has said its last word.</summary>
internal sealed class DatagramListener(IPEndPoint end, DatagramSocket socket, DatagramKeys keys) : IHostedService
{
    // The sessions are over by now; what is left is to hand a few datagrams to the kernel.
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        socket.Open(end, keys);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await keys.Finished().WaitAsync(LastWords, TimeProvider.System, cancellationToken);
        }
        catch (Exception late) when (late is TimeoutException or OperationCanceledException)
        {
            // Their clients hear nothing more, as they do when a datagram is lost.
        }

        await socket.Close();
    }
}

public static class DatagramServices
{
    /// <summary>
    /// Sealed datagrams at this address. Call it before <see cref="TransportServices.AddPresenceTransports"/>, for hosted
    /// services stop in reverse order, and sessions end before their socket does.
    /// </summary>
    public static IServiceCollection AddSealedDatagrams(this IServiceCollection services, IPEndPoint end)
    {
        services.AddOptions<DatagramSettings>();
        services.AddSingleton<DatagramSocket>();
        services.AddSingleton<IDatagramSender>(provider => provider.GetRequiredService<DatagramSocket>());
        services.AddSingleton<DatagramKeys>();
        services.AddSingleton<IDatagramKeys>(provider => provider.GetRequiredService<DatagramKeys>());
        services.AddDatagramKeys();
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<DatagramListener>(provider, end));
        return services;
    }
}
