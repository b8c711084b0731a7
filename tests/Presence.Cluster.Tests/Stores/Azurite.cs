using System.Globalization;

namespace Presence.Cluster.Tests.Stores;

/// <summary>
/// Azure Storage as its emulator has it: Azurite from npm, which is too big to be installed for every run. Whoever has it names the
/// folder into which <c>npm install azurite</c> was done in PRESENCE_AZURITE.
/// </summary>
internal sealed class Azurite : IStore
{
    // The well-known account of the emulator, no secret.
    private const string Account = "devstoreaccount1";
    private const string Key =
        "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("presence-azurite-");
    private readonly int[] _ports = [Command.FreePort(), Command.FreePort(), Command.FreePort()];
    private readonly StoreProcess _server;

    public Azurite() => _server = new StoreProcess(
        "node", "apt-get install nodejs", _ports,
        Path.Combine(Installed, "node_modules/azurite/dist/src/azurite.js"), "--silent", "--skipApiVersionCheck",
        "--disableTelemetry", "--location", _folder.FullName,
        "--blobPort", Text(0), "--queuePort", Text(1), "--tablePort", Text(2));

    private static string Installed => Environment.GetEnvironmentVariable("PRESENCE_AZURITE")
        ?? throw new InvalidOperationException("PRESENCE_AZURITE does not say where Azurite is.");

    public string Kind => "AzureStorage";

    public string Connection => string.Create(
        CultureInfo.InvariantCulture,
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};BlobEndpoint=http://127.0.0.1:{_ports[0]}/{Account};QueueEndpoint=http://127.0.0.1:{_ports[1]}/{Account};TableEndpoint=http://127.0.0.1:{_ports[2]}/{Account};");

    public Task Start() => _server.Start();

    public async Task Restart()
    {
        await _server.Stop();
        await _server.Start();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.Stop();
        _folder.Delete(recursive: true);
    }

    private string Text(int port) => _ports[port].ToString(CultureInfo.InvariantCulture);
}
