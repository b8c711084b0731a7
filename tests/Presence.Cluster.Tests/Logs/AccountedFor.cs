namespace Presence.Cluster.Tests.Logs;

/// <summary>The events and exceptions that a cluster may log while its processes and its store are lost. All else is a fault.</summary>
internal static class AccountedFor
{
    private const Trouble Silo = Trouble.SiloLost | Trouble.SiloFrozen;
    private const Trouble AnySilo = Silo | Trouble.SiloStopped;
    private const Trouble Client = Trouble.GatewayLost;
    private const Trouble Store = Trouble.StoreAway;

    /// <summary>By name, whatever the namespace: what networks, stores and waiting bring, and nothing that a bug throws.</summary>
    public static readonly HashSet<string> Exceptions =
    [
        "TimeoutException", "OperationCanceledException", "TaskCanceledException",
        "SocketException", "IOException", "EndOfStreamException",
        "ConnectionResetException", "ConnectionAbortedException", "SocketConnectionException", "ConnectionFailedException",
        "OrleansException", "OrleansMessageRejectionException", "SiloUnavailableException", "ClientNotAvailableException",
        "CodecNotFoundException", "RequestFailedException", "HttpRequestException", "AggregateException",
        "NpgsqlException", "PostgresException", "RedisConnectionException", "RedisTimeoutException",
    ];

    public static readonly IReadOnlyList<KnownEvent> Events =
    [
        // Ours.
        new("Presence.Sessions.Connections.Connection[1006]", AnySilo | Client | Store, "a client was answered 503"),
        new("Presence.Sessions.Gateways.Gateway[1010]", AnySilo | Store, "a farewell is said again until a grain hears it"),
        new("Presence.Sessions.Gateways.Gateway[1013]", AnySilo | Store, "a lost connection, asserted later"),
        new("Presence.Sessions.Gateways.RouteListener[1012]", AnySilo | Store, "its stream went with a silo; repaired by version"),
        new("Presence.Sessions.Gateways.GatewayLease[1015]", AnySilo, "a silo was lost, and the gateway asserts"),
        new("Presence.Sessions.Gateways.GatewayLease[1016]", AnySilo | Store, "the keeper of the lease went with a silo"),
        new("Presence.Grains.Subscriptions.SubscriptionGrain[3001]", AnySilo, "its queue was in a lost silo; repaired by version"),
        new("Presence.Grains.Users.UserGrain[3002]", AnySilo | Client, "the gateway was killed, or a silo on the way"),
        new("Presence.Grains.Gateways.GatewayWatch[302?]", AnySilo | Client, "a gateway is lost, or who keeps its lease"),
        new("Presence.Grains.Domains.DomainPolicyRefresh[3030]", AnySilo | Store, "what administrators laid down is asked for again"),
        new("Presence.Hosting.Clustering.PatientConnection[5010]", AnySilo, "waits for a silo"),

        // Orleans: calls to who is gone.
        new("Orleans.Runtime.CallbackData[*]", AnySilo | Client, "a call to a lost process ends by time"),
        new("Orleans.Messaging[*]", AnySilo | Client, "messages to and of lost processes are thrown away"),
        new("Orleans.Runtime.Messaging.*[*]", AnySilo | Client, "connections to lost processes"),
        new("Orleans.Runtime.GrainCallCancellationManager[*]", AnySilo, "a call at a lost silo cannot be cancelled"),
        new("Orleans.Networking.*[*]", AnySilo | Client, "connections to lost processes"),
        new("Orleans.Runtime.DeploymentLoadPublisher[*]", AnySilo, "a silo tells its load to one that is lost, or is dead itself"),
        new("Polly[*]", AnySilo, "placement asks a silo that is lost, and again another"),
        new("Orleans.Grain.InvokeException[100322]", AnySilo | Client | Store, "a grain tells its caller one of the exceptions above"),
        new("Orleans.Grain[101534]", AnySilo | Client, "a call waits for who is gone"),
        new("Orleans.Runtime.GrainDirectory.*[*]", AnySilo, "the part of the directory that a silo had moves"),
        new("Orleans.Placement*[*]", AnySilo, "as above"),

        // Orleans: streams.
        new("Microsoft.Extensions.Logging.ILogger[200401]", AnySilo, "a queue was in a lost silo; 3001 tells it too"),
        new("Orleans.Streams.*[*]", AnySilo | Client | Store, "queues of a lost silo, readers at a lost gateway"),

        new("Orleans.Providers.*[*]", AnySilo, "a queue in a lost silo cannot be read"),

        // Orleans: membership.
        new("Orleans.Runtime.MembershipService.AzureBasedMembershipTable[*]", Trouble.Load, "two silos write to the table at once"),
        new("Orleans.Clustering.AzureStorage.*[*]", Store, "the table of silos is in the store"),
        new("Orleans.AzureUtils.*[*]", Store, "as above"),
        new("Orleans.Runtime.MembershipService.SiloHealthMonitor[*]", AnySilo, "probes of a lost silo"),
        new("Orleans.Runtime.MembershipService.MembershipAgent[72123223]", AnySilo, "one joins before the loss is known"),
        new("Orleans.Runtime.MembershipService.MembershipAgent[100661]", AnySilo, "and waits until it is"),
        new("Orleans.Runtime.MembershipService.MembershipSystemTarget[100656]", AnySilo, "a lost silo is told of the others"),
        new("Orleans.Runtime.MembershipService.MembershipTableManager[100659]", Store, "the table of silos is in the store"),
        new("Orleans.Runtime.MembershipService.MembershipAgent[100659]", Store, "as above"),
        new("Orleans.Storage.*[*]", Store, "readers of routes are kept in the store too"),
        new("Orleans.Runtime.Messaging.Connection[173314469]", Store, "that a reader could not be kept has no codec; it is tried again"),
        new("Orleans.Grain[23568684]", AnySilo, "what a grain must know to begin is at a lost silo; its caller is told to try again"),
        new("Orleans.Grain[100450]", Store, "a grain cannot be read, so it does not begin; its caller is told to try again"),
        new("Orleans.Grain[850300803]", Store, "as above"),
        new("Orleans.Grain[100513]", Store, "as above"),
        new("Orleans.Messaging.GatewayManager[*]", Store | AnySilo, "so is the list of silos for gateways"),
        new("Orleans.Runtime.MembershipService.MembershipTableManager[1006?7]", Trouble.SiloFrozen, "declared dead meanwhile"),
        new("Presence.Grains.Fencing.SiloPulse[3024]", Store | Trouble.SiloFrozen, "it cannot ask whether it is alive"),
        new("Orleans.Runtime.FatalErrorHandler[100002]", Trouble.SiloFrozen, "and ends"),

        // A slow machine.
        new("Orleans.Runtime.AsyncTimer*[790741219]", Trouble.Load, "a timer came late"),
        new("Orleans.Runtime.MembershipService.LocalSiloHealthMonitor[*]", Trouble.Load, "so does the silo's own health say"),
        new("Orleans.Runtime.Scheduler.WorkItemGroup[101215]", Trouble.Load, "a turn took long"),
    ];
}
