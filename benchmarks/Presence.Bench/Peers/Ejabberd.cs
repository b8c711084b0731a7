using System.Text;
using Presence.Bench.Node;
using Presence.Bench.Scenarios;

namespace Presence.Bench.Peers;

/// <summary>
/// ejabberd without TLS, shapers or archive; accounts and rosters are written into its own database before it is ready.
/// </summary>
internal static class Ejabberd
{
    private const string Start =
        "case file:eval(\"setup.erl\") of ok -> ok; Wrong -> io:format(\"failed: ~p~n\", [Wrong]), halt(1) end.";

    /// <returns>The command that starts it.</returns>
    public static IReadOnlyList<string> Prepare(string folder, int port, int users, IEnumerable<Contact> contacts)
    {
        File.WriteAllText(Path.Combine(folder, "ejabberd.yml"), Configuration(port));
        File.WriteAllText(Path.Combine(folder, "setup.erl"), Setup(users));
        File.WriteAllText(Path.Combine(folder, "contacts"), Terms(contacts));
        // No node name: so it needs no port mapper, which would outlive it.
        return
        [
            "env", $"EJABBERD_CONFIG_PATH={folder}/ejabberd.yml", $"EJABBERD_LOG_PATH={folder}/ejabberd.log",
            "ERL_LIBS=/usr/lib/x86_64-linux-gnu", "ERL_CRASH_DUMP=/dev/null", "erl", "+K", "true", "+P", "250000",
            "+Q", "65536", "-noinput", "-mnesia", "dir", $"\"{folder}/mnesia\"", "-eval", Start,
        ];
    }

    private static string Configuration(int port) =>
        $"""
        hosts:
          - localhost
        loglevel: error
        listen:
          -
            port: {port}
            ip: "127.0.0.1"
            module: ejabberd_c2s
            access: all
            max_stanza_size: 262144
            backlog: 4096
        auth_method: internal
        auth_password_format: scram
        auth_scram_hash: sha256
        max_fsm_queue: 100000
        modules:
          mod_ping: {"{}"}
          mod_roster: {"{}"}
          mod_muc:
            host: conference.localhost
            access: all
            access_create: all
            history_size: 0
            max_users: 1000
            default_room_options:
              max_users: 1000
        """;

    // All accounts get the keys of the first: the same password, so PBKDF2 is paid once.
    private static string Setup(int users) =>
        $$"""
        ok = mnesia:create_schema([node()]).
        {ok, _} = application:ensure_all_started(ejabberd).
        ok = ejabberd_auth:try_register(<<"bench0">>, <<"localhost">>, <<"{{Accounts.Password}}">>).
        [Passwd] = mnesia:dirty_read(passwd, {<<"bench0">>, <<"localhost">>}).
        Name = fun(N) -> <<"bench", (integer_to_binary(N))/binary>> end.
        User = fun(N) -> {Name(N), <<"localhost">>} end.
        lists:foreach(fun(N) -> ok = mnesia:dirty_write(setelement(2, Passwd, User(N))) end, lists:seq(1, {{users}} - 1)).
        Item = fun(Of, With, Way) ->
            Jid = {Name(With), <<"localhost">>, <<>>},
            Key = {Name(Of), <<"localhost">>, Jid},
            ok = mnesia:dirty_write({roster, Key, User(Of), Jid, <<>>, Way, none, [], <<>>, []}) end.
        {ok, Contacts} = file:consult("contacts").
        lists:foreach(fun({Owner, Watcher, both}) -> Item(Owner, Watcher, both), Item(Watcher, Owner, both);
            ({Owner, Watcher, from}) -> Item(Owner, Watcher, from), Item(Watcher, Owner, to) end, Contacts).
        io:format("ready~n").
        """ + "\n";

    private static string Terms(IEnumerable<Contact> contacts)
    {
        var terms = new StringBuilder();
        foreach (var contact in contacts)
            terms.Append($"{{{contact.Owner},{contact.Watcher},{(contact.IsMutual ? "both" : "from")}}}.\n");
        return terms.ToString();
    }
}
