using Presence.Bench.Scenarios;

namespace Presence.Bench.Peers;

/// <summary>The other servers that a run can put its load on, by name.</summary>
internal static class Peer
{
    public const string Limit = "limit";

    public static readonly IReadOnlyList<string> Names = ["ejabberd", "prosody", "prosody-tuned", Limit];

    /// <summary>Starts one, with the accounts and contacts that the scenario needs.</summary>
    /// <param name="say">Told before anything is installed.</param>
    /// <param name="core">Core to pin it to; null for any.</param>
    /// <exception cref="BenchException">There is no such peer, or it does not start.</exception>
    public static async Task<PeerProcess> Start(string name, IScenario scenario, int? core, Action<string> say)
    {
        var users = scenario.Users;
        switch (name)
        {
            case "ejabberd":
                await DebianPackage.Need("ejabberd", "/usr/sbin/ejabberdctl", say);
                return await PeerProcess.Start(
                    (folder, port) => Ejabberd.Prepare(folder, port, users, scenario.Contacts), core);
            case "prosody" or "prosody-tuned":
                await DebianPackage.Need("prosody", "/usr/bin/prosody", say);
                return await PeerProcess.Start((folder, port) =>
                    Prosody.Prepare(folder, port, users, scenario.Contacts, isTuned: name != "prosody"), core);
            case Limit:
                return await PeerProcess.Start((_, port) =>
                    ["dotnet", typeof(Peer).Assembly.Location, "limit-server", "--port", $"{port}"], core);
            default:
                throw new BenchException($"There is no peer '{name}': {string.Join(", ", Names)}.");
        }
    }
}
