namespace Presence.Bench;

internal static class Usage
{
    public const string Text =
        """
        presence bench SCENARIO [options]

          login      --logins 2000                      connect, HELLO, SCRAM, BIND, QUIT
          idle       --connections 5000 --seconds 5     resident memory of bound connections
          fanout     --presentities 200 --watchers 50 --changes 20, or as many as go in --seconds N
          paced      the same, --rate 2000 --seconds 20 latency at a steady rate of notifications
          im         --pairs 100 --messages 200 --window 4 [--receipts], or --seconds N, or a steady --rate 500
          group      --members 200 --authors 10 --messages 100, or --seconds N
          subscribe  --owners 50 --watchers 20          request, approve, first value; durable; or --seconds N
          storm      --users 2000 --contacts 50         all drop and return at once, until all watchers are right
          mixed      --users 500 --contacts 20 --seconds 60   a day in a minute: come, say, write, go
          ghosts     --users 1000 --contacts 20         disk and memory of users who are away, first query; --start only
          flood      --pairs 20 --rate 400 --flooders 8 --flood 5000 --seconds 5 --rounds 3 --factor 2
                                                        latency of others alone and beside flooders, in turns
          all        [--peers] [--tls] [--ws] [--grpc] [--minutes 29] [--rounds N] [--only SCENARIO] [--together N]
                                                        a table of all of them, each in turn on all servers, which are
                                                        there for N rows at the same time: 6, or as memory allows
          growth     [--minutes 29] [--rounds N]        server CPU per notification as watchers and users become many
          limit-server  --port 0 [--drop N] [--double N] [--of events|logins|pings]
          users      --connections N                    prints accounts for presence user import

          --start               starts a node on free ports, without limits for single users
          --peer NAME           starts ejabberd, prosody, prosody-tuned (Debian's, installed if need be) or limit
                                instead, with the accounts and rosters of the scenario, and speaks XMPP to it
          --server HOST:PORT    listener, clear text unless --tls, default 127.0.0.1:7749
          --tls, --ws, --grpc   speaks TLS 1.3, a whole handshake for each connection; WebSocket; gRPC over HTTP/2
          --domain NAME         default localhost
          --admin URL --token FILE   adds the accounts that are missing
          --server-pid PID,...  reads CPU time and resident memory of these processes
          --core N, --server-core N  pins the generator, the started node
          --warm-up PERCENT     of what is expected arrives before the clock of fanout, im, group, subscribe and login
                                starts, default 25
          --patience SECONDS    without a delivery before the rest counts as lost, default 10
          --heats               measures when a line "go" comes on the input and says in a line of JSON what it found, again
                                and again, until another line or none comes; --changes and --messages are done once
          --json FILE           writes the figures there too

        Exit code 0: every copy arrived once and was right. 1: not so. 2: it could not be run.
        """;
}
