using Presence.Hosting;
using Presence.Hosting.Database;
using Presence.Hosting.Options;
using Presence.Hosting.Telemetry;
using Presence.SiloHost;

if (args is ["--describe-options"])
{
    OptionDescription.Write(Console.Out, SiloOptionCatalogue.Keys);
    return ExitCodes.Success;
}

try
{
    return args is ["db", "init", .. var rest] ? await InitDatabase(rest) : await Run(args);
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

static async Task<int> InitDatabase(string[] args)
{
    CommandLine.Check(args);
    var builder = SiloBuilder.Create(args);
    SiloOptionCatalogue.Set.Check(builder.Configuration);
    return await DatabaseCommand.Init(builder.Configuration, Console.Out, CancellationToken.None);
}

static async Task<int> Run(string[] args)
{
    Platform.Check();
    CommandLine.Check(args);
    var builder = SiloBuilder.Create(args);
    SiloOptionCatalogue.Set.Check(builder.Configuration);
    var http = builder.AddSilo();

    await using var app = builder.Build();
    app.MapMetrics();
    app.MapSiloHealth();
    await app.StartAsync();
    Console.WriteLine($"http      {http.End}");
    Console.WriteLine("ready");
    await app.WaitForShutdownAsync();
    return ExitCodes.Success;
}
