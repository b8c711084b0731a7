using System.Globalization;
using System.Text;
using Presence.Bench.Node;
using Presence.Bench.Scenarios;
using Presence.Model.Accounts;

namespace Presence.Bench.Peers;

/// <summary>
/// Prosody without TLS, limits or archive; accounts and rosters are files in its own format. Tuned means its generational
/// garbage collector, three times as fast as what it ships with.
/// </summary>
internal static class Prosody
{
    private const int Iterations = 4096;
    private const string Salt = "presence-bench";

    /// <returns>The command that starts it.</returns>
    public static IReadOnlyList<string> Prepare(
        string folder, int port, int users, IEnumerable<Contact> contacts, bool isTuned)
    {
        var data = Path.Combine(folder, "data");
        File.WriteAllText(Path.Combine(folder, "prosody.cfg.lua"), Configuration(folder, data, port, isTuned));
        WriteAccounts(Directory.CreateDirectory(Path.Combine(data, "localhost", "accounts")).FullName, users);
        WriteRosters(Directory.CreateDirectory(Path.Combine(data, "localhost", "roster")).FullName, contacts);
        Directory.CreateDirectory(Path.Combine(folder, "modules"));
        File.WriteAllText(Path.Combine(folder, "modules", "mod_tell_ready.lua"),
            "module:hook_global(\"server-started\", function () print(\"ready\"); io.stdout:flush(); end);\n");
        return ["prosody", "-F", "--config", Path.Combine(folder, "prosody.cfg.lua")];
    }

    private static string Configuration(string folder, string data, int port, bool isTuned) =>
        $$"""
        data_path = "{{data}}"
        pidfile = "{{folder}}/pid"
        certificates = "{{folder}}"
        plugin_paths = { "{{folder}}/modules" }
        run_as_root = true
        interfaces = { "127.0.0.1" }
        c2s_ports = { {{port}} }
        s2s_ports = { }
        modules_enabled = { "roster", "saslauth", "ping", "tell_ready" }
        modules_disabled = { "s2s", "offline" }
        c2s_require_encryption = false
        allow_unencrypted_plain_auth = true
        authentication = "internal_hashed"
        password_hash = "SHA-256"
        storage = "internal"
        network_backend = "epoll"
        network_settings = { tcp_backlog = 4096 }
        log = { { levels = { min = "warn" }, to = "console" } }
        {{(isTuned ? "gc = { mode = \"generational\" }" : "")}}
        VirtualHost "localhost"
        Component "conference.localhost" "muc"
        muc_room_locking = false
        restrict_room_creation = false
        max_history_messages = 0
        """ + "\n";

    private static void WriteAccounts(string folder, int users)
    {
        var keys = ScramKeys.Derive(Accounts.Password, Encoding.UTF8.GetBytes(Salt), Iterations);
        var account =
            $$"""
            return {
              ["salt"] = "{{Salt}}"; ["iteration_count"] = {{Iterations}};
              ["stored_key"] = "{{Convert.ToHexStringLower(keys.StoredKey)}}";
              ["server_key"] = "{{Convert.ToHexStringLower(keys.ServerKey)}}";
            };
            """;
        for (var user = 0; user < users; user++)
            File.WriteAllText(Path.Combine(folder, $"{Accounts.Name(user)}.dat"), account);
    }

    private static void WriteRosters(string folder, IEnumerable<Contact> contacts)
    {
        var rosters = new Dictionary<int, StringBuilder>();
        foreach (var contact in contacts)
        {
            Add(contact.Owner, contact.Watcher, contact.IsMutual ? "both" : "from");
            Add(contact.Watcher, contact.Owner, contact.IsMutual ? "both" : "to");
        }

        foreach (var (user, items) in rosters)
        {
            File.WriteAllText(Path.Combine(folder, $"{Accounts.Name(user)}.dat"),
                $"return {{\n{items}[false] = {{ [\"version\"] = 1; [\"pending\"] = {{}}; }};\n}};\n");
        }

        void Add(int of, int with, string way)
        {
            if (!rosters.TryGetValue(of, out var items))
                rosters[of] = items = new StringBuilder();
            items.Append(CultureInfo.InvariantCulture,
                $"[\"{Accounts.Name(with)}@localhost\"] = {{ [\"subscription\"] = \"{way}\"; [\"groups\"] = {{}}; }};\n");
        }
    }
}
