using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Presence.Grains;
using Presence.Grains.Routes;
using Presence.Storage.Sqlite;
using OrleansClusterOptions = Orleans.Configuration.ClusterOptions;

namespace Presence.Hosting.Clustering;

/// <summary>The one place where silos, and gateways that are clients of silos, are put together.</summary>
public static class ClusterSetup
{
    // A silo that answers none of three probes is dead: found after 5 to 7 s, which leaves time to repair within 15 s.
    // Orleans spares one that was heard of in three times the longest time for a probe, which is four times as long if not set.
    private static readonly TimeSpan Probe = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan LongestProbe = TimeSpan.FromSeconds(2);
    private const int MissedProbes = 3;

    // What was on its way to a silo that died is given up after this, soon after the silo is found dead, and the client
    // hears that it may try again.
    private static readonly TimeSpan ResponseTime = TimeSpan.FromSeconds(8);

    /// <summary>A silo with the grains of this service.</summary>
    /// <param name="host">The process.</param>
    /// <param name="cluster">What it belongs to.</param>
    /// <param name="where">Its place.</param>
    /// <param name="database">Path of the SQLite file, for a silo that is alone.</param>
    /// <exception cref="Options.StartRefusedException">The store cannot be used as configured.</exception>
    public static void AddPresenceSilo(
        this IHostApplicationBuilder host, ClusterOptions cluster, SiloOptions where, string database)
    {
        var store = ClusterConnection.StoreOf(cluster);
        host.UseOrleans(silo =>
        {
            if (store is null)
                UseAlone(silo, where, database);
            else
                UseTogether(silo, cluster, where, store);
            silo.AddPresenceGrains();
        });
    }

    /// <summary>Makes the process an Orleans client of the cluster's silos. It waits for the first silo to come.</summary>
    /// <exception cref="Options.StartRefusedException">The store cannot be used as configured.</exception>
    public static void AddPresenceClient(this IHostApplicationBuilder host, ClusterOptions cluster)
    {
        var store = ClusterConnection.StoreOf(cluster)
            ?? throw new Options.StartRefusedException(
                $"{SiloOptions.Section}:{nameof(SiloOptions.Mode)} = {SiloMode.Client}: "
                + $"{ClusterOptions.Section}:{nameof(ClusterOptions.Store)} must name the store of the cluster");
        host.UseOrleansClient(client =>
        {
            store.Use(client);
            client.AddRouteStreams(cluster.RouteQueues);
            client.Services.Configure<OrleansClusterOptions>(options => Name(options, cluster));
            client.Services.Configure<GatewayOptions>(
                options => options.GatewayListRefreshPeriod = TimeSpan.FromSeconds(2));
            client.Services.Configure<ClientMessagingOptions>(options => options.ResponseTimeout = ResponseTime);
            client.UseConnectionRetryFilter<PatientConnection>();
            client.AddDeadlines();
            DriverFaults.Pass(client.Services);
        });
    }

    private static void UseAlone(ISiloBuilder silo, SiloOptions where, string database)
    {
        var ports = FreePorts.Fill(where.Port, where.GatewayPort);
        silo.UseLocalhostClustering(ports[0], ports[1], new IPEndPoint(IPAddress.Loopback, ports[0]));
        silo.AddRouteStreams(queues: 1);
        silo.AddMemoryGrainStorage(IClusterStore.PubSubStore);
        silo.AddSqliteGrainStorage(PresenceGrainsExtensions.StorageName, storage =>
        {
            storage.Path = database;
            storage.Serializer = new PackedJsonSerializer(new JsonGrainStorageSerializer(), StoredWords.Octets);
            storage.Growth = new GrainGrowth();
        });
    }

    private static void UseTogether(ISiloBuilder silo, ClusterOptions cluster, SiloOptions where, IClusterStore store)
    {
        store.Use(silo);
        silo.AddRouteStreams(cluster.RouteQueues);
        silo.AddGatewaySweep();
        silo.AddFence();
        silo.AddIncomingGrainCallFilter<StoreFaults>();
        DriverFaults.Pass(silo.Services);
        silo.Services.Configure<OrleansClusterOptions>(options => Name(options, cluster));
        if (where.Kubernetes)
            silo.UseKubernetesHosting();
        else
            Place(silo, where);
        silo.Services.Configure<ClusterMembershipOptions>(membership =>
        {
            membership.ProbeTimeout = Probe;
            membership.MaxProbeTimeout = LongestProbe;
            membership.NumMissedProbesLimit = MissedProbes;
            // With two silos there is one that can vote.
            membership.NumVotesForDeathDeclaration = 1;
            membership.TableRefreshTimeout = TimeSpan.FromSeconds(5);
            membership.DefunctSiloExpiration = TimeSpan.FromDays(1);
            membership.DefunctSiloCleanupPeriod = TimeSpan.FromHours(1);
        });
        silo.Services.Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = ResponseTime);
    }

    private static void Place(ISiloBuilder silo, SiloOptions where)
    {
        var ports = FreePorts.Fill(where.Port, where.GatewayPort);
        silo.Services.Configure<EndpointOptions>(end =>
        {
            end.AdvertisedIPAddress = IPAddress.Parse(where.Address);
            end.SiloPort = ports[0];
            end.GatewayPort = ports[1];
        });
    }

    private static void Name(OrleansClusterOptions options, ClusterOptions cluster)
    {
        options.ClusterId = cluster.ClusterId;
        options.ServiceId = cluster.ServiceId;
    }
}
