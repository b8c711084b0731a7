using Presence.Gateway;
using Presence.Gateway.Admin;
using Presence.Gateway.Health;
using Presence.Gateway.Hosting;
using Presence.Gateway.Options;
using Presence.Hosting.Telemetry;
using Presence.Transports.Grpc;
using Presence.Transports.WebSockets;
using Presence.WebConsole;

if (args is ["--version"])
    return Say($"{Engine.Product}, {Engine.Name}");
if (args is ["--describe-options"])
    return Describe();

try
{
    return await Run(args);
}
catch (StartRefusedException refused)
{
    await Console.Error.WriteLineAsync(refused.Message);
    return ExitCodes.Configuration;
}
catch (Exception bug)
{
    await Console.Error.WriteLineAsync(bug.ToString());
    return ExitCodes.Software;
}

static async Task<int> Run(string[] args)
{
    Platform.Check();
    CommandLine.Check(args);
    var builder = GatewayBuilder.Create(args);
    var settings = Settings.Read(builder.Configuration);
    if (settings.Cluster.Store == ClusterStoreKind.Sqlite)
    {
        SocketWaiting.ReadAtOnce();
        ThreadScheduling.FinishFirst();
        Collecting.AtOnceOnOneCore(Environment.ProcessorCount);
    }

    ListenerProbe.Check(settings);
    using var data = DataFolder.Open(settings.Node.Data);

    builder.AddHostLogging();
    builder.AddTelemetry("presence-gateway");
    builder.AddNode(settings, data);
    var listeners = Listeners.Add(builder, settings.Listeners);

    await using var app = builder.Build();
    app.MapMetrics();
    app.MapWebSockets();
    app.MapGrpcSessions();
    app.MapHealth();
    app.MapAdministration();
    app.MapExplanations();
    if (settings.Listeners.Console)
        app.MapWebConsole();
    app.MapNodeAdministration();
    await app.StartAsync();
    Banner.Write(Console.Out, settings, listeners, data);
    await app.WaitForShutdownAsync();
    return ExitCodes.Success;
}

static int Describe()
{
    OptionDescription.Write(Console.Out, OptionCatalogue.Keys);
    return ExitCodes.Success;
}

static int Say(string line)
{
    Console.WriteLine(line);
    return ExitCodes.Success;
}
