namespace Presence.Protocol.Tests.Framing;

/// <summary>Worked exchanges E1 to E9 of docs/protocol, section 2.15, as printed there (without remarks).</summary>
internal static class SessionExchanges
{
    public const string Greeting = """
        S:  [  31] 220 0 ready v=1.0 id=gw1-7f3a
        C:  [  62] HELLO 1 a.example v=1.0 role=client agent=pipcli/0.3 lang=en
        S:  [ 249] 200 1 ok v=1.0 domain=a.example auth=SCRAM-SHA-256-PLUS,SCRAM-SHA-256,PLAIN,EXTERNAL,OAUTHBEARER cb=tls-server-end-point features=resume,sync,group,invite,udp maxline=4096 maxbody=65536 inflight=64 events=256 idle=120 time=2026-11-22T06:10:00.000Z
        C:  [ 113] AUTH 2 SCRAM-SHA-256-PLUS data=cD10bHMtc2VydmVyLWVuZC1wb2ludCwsbj1hbGljZSxyPWZ5a28rZDJsYmJGZ09OUnY5cWt4ZGF3TA==
        S:  [ 202] 310 2 continue data=cj1meWtvK2QybGJiRmdPTlJ2OXFreGRhd0wzcmZjTkhZSlkxWlZ2V1ZzN2oscz1FQkVTRXhRVkZoY1lHUm9iSEIwZUh3PT0saT0xMDAwMCxoPUJGWUdpTTZCZ21lT1FVMUZ2Z3lXKzVQK3h4T3hYNXNnd3lpZWNQSVY5OWM9LHQ9MDMwNA==
        C:  [ 244] AUTH 3 * data=Yz1jRDEwYkhNdGMyVnlkbVZ5TFdWdVpDMXdiMmx1ZEN3c2FTK3NKSnByQUQ4ZWxOMVpxS29ua3hyOXdOMXFobndIcmp6SXpUS1c1WGM9LHI9ZnlrbytkMmxiYkZnT05Sdjlxa3hkYXdMM3JmY05IWUpZMVpWdldWczdqLHA9RGtpbEExd3kvQkJGREhPYUVEcEpDTHRKUFQ2ZE1vWXc2MlJjaHpVS1pSVT0=
        S:  [ 101] 200 3 ok user=alice@a.example data=dj0ydmlhWE9oVG5SOWlmT3dleUI1ak5mN2h2NTk5Z1cwZkVtZFg0d011R3JJPQ==
        C:  [  88] BIND 4 ep=desk prio=10 caps=text/plain,text/html,multipart/alternative,application/sdp
        S:  [  74] 200 4 ok ep=desk sid=s-9QmZ key=OnxhJmFaOxwd4oh9M13ZhptA5jP3J7kv ttl=300
        """;

    public const string Publishing = """
        C:  [  61] SET 5 ~/ep/desk/status val=online lease=180 default=offline
        S:  [  31] 200 5 ok ver=1795327800900000
        C:  [  48] SET 6 ~/note val=In%20Zürich%20until%20Friday
        S:  [  31] 200 6 ok ver=1795327801400000
        C:  [  50] SET 7 ~/note val=Back%20home if=1795327800900000
        S:  [  45] 412 7 version-mismatch ver=1795327801400000
        C:  [  16] GET 8 ~/status
        S:  [  69] 200 8 ok ver=1795327800900001 val=online t=2026-11-22T06:10:00.900Z
        """;

    public const string Subscribing = """
        C:  [  50] SUB 9 bob@b.example/status id=bob1 expires=86400
        S:  [  51] 202 9 pending id=bob1 state=pending expires=86400
        s:  [  91] WATCHER #1 ~/status who=alice@a.example what=sub state=pending t=2026-11-22T06:10:02.000Z
        c:  [   8] ACK #1
        c:  [  57] APPROVE 12 ~/status who=alice@a.example rights=read,sub
        s:  [  32] 200 12 ok ver=1795327809000000
        S:  [ 124] NOTIFY #1 bob@b.example/status id=bob1 state=active expires=86393 ver=1795324200000000 val=away t=2026-11-22T05:10:00.000Z
        C:  [   8] ACK #1
        S:  [  96] NOTIFY #2 bob@b.example/status id=bob1 ver=1795327812050000 val=dnd t=2026-11-22T06:10:12.050Z
        C:  [   8] ACK #2
        """;

    public const string Queries = """
        C:  [  29] GET 10 bob@b.example/status
        S:  [  67] 200 10 ok ver=1795327812050000 val=dnd t=2026-11-22T06:10:12.050Z
        C:  [  53] GET 11 bob@b.example/status if-not=1795327812050000
        S:  [  42] 304 11 not-modified ver=1795327812050000
        C:  [  22] GET 12 bob@b.example
        S:  [ 180] 200 12 ok type=text/pip-props {141}
                  | kind ver=1786327800000000 val=user
                  | name ver=1786327800000000 val=Bob%20Ott
                  | status ver=1795327812050000 val=dnd t=2026-11-22T06:10:12.050Z
        c:  [  37] WATCHERS 13 ~/status what=sub,query
        s:  [ 299] 200 13 ok type=text/pip-who {262}
                  | alice@a.example what=sub state=active id=bob1 since=2026-11-22T06:10:02.000Z
                  | alice@a.example what=query n=3 last=2026-11-22T06:10:14.000Z
                  | carol@b.example what=sub state=pending since=2026-11-22T06:08:40.000Z
                  | anon what=query n=1 last=2026-11-22T06:09:55.000Z
        """;

    public const string PoliteBlocking = """
        C:  [  49] BLOCK 20 ~ who=mallory@evil.example mode=polite
        S:  [  32] 200 20 ok ver=1795327820000000
        n:  [ 100] NOTIFY #8 alice@a.example/status id=a1 ver=1795327820000000 val=offline t=2026-11-22T06:10:20.000Z
        m:  [   8] ACK #8
        m:  [  51] SUB 31 alice@a.example/status id=a1 expires=86400
        n:  [  44] 200 31 ok id=a1 state=active expires=86400
        m:  [  31] GET 32 alice@a.example/status
        n:  [  71] 200 32 ok ver=1795327820000000 val=offline t=2026-11-22T06:10:20.000Z
        m:  [  84] SEND 33 alice@a.example mid=x9 type=text/plain want=delivered {14}
                  | are you there?
        n:  [  20] 480 33 unavailable
        C:  [  31] WATCHERS 21 ~/status what=sub
        S:  [ 181] 200 21 ok type=text/pip-who {144}
                  | bob@b.example what=sub state=active since=2026-11-22T06:00:00.000Z
                  | mallory@evil.example what=sub state=blocked since=2026-11-22T03:40:00.000Z
        C:  [  12] LISTS 22 ~
        S:  [ 132] 200 22 ok mode=except type=text/pip-who {84}
                  | mallory@evil.example list=block mode=polite
                  | *@spam.example list=block mode=polite
        """;

    public const string Receipts = """
        C:  [ 132] SEND 23 bob@b.example mid=01JF2Z8Q9N6T4M type=text/plain;charset=utf-8 lang=de want=delivered,displayed {20}
                  | Grüße aus Zürich!
        S:  [  17] 202 23 accepted
        s:  [ 167] MSG #2 ~ from=alice@a.example mid=01JF2Z8Q9N6T4M type=text/plain;charset=utf-8 lang=de want=delivered,displayed t=2026-11-22T06:10:30.000Z {20}
                  | Grüße aus Zürich!
        c:  [   8] ACK #2
        S:  [  87] RECEIPT #3 bob@b.example mid=01JF2Z8Q9N6T4M disp=delivered t=2026-11-22T06:10:30.120Z
        c:  [  62] RECEIPT 14 alice@a.example mid=01JF2Z8Q9N6T4M disp=displayed
        s:  [  17] 202 14 accepted
        S:  [  87] RECEIPT #4 bob@b.example mid=01JF2Z8Q9N6T4M disp=displayed t=2026-11-22T06:10:34.000Z
        C:  [   8] ACK #4
        """;

    public const string EndToEndObject = """
        C:  [ 303] SEND 24 bob@b.example mid=01JF2Z9A type=message/cpim {241}
                  | From: <im:alice@a.example>
                  | To: <im:bob@b.example>
                  | DateTime: 2026-11-22T06:10:40Z
                  | NS: imdn <urn:ietf:params:imdn>
                  | imdn.Message-ID: 01JF2Z9A
                  |
                  | Content-type: text/html; charset=utf-8
                  | Content-ID: <1@a.example>
                  |
                  | <p>see <b>you</b> at 5</p>
        S:  [  17] 202 24 accepted
        """;

    public const string Group = """
        C:  [  73] CREATE 30 chess@a.example kind=group join=ask send=members list=members
        S:  [  37] 201 30 created ver=1795327850000000
        c:  [  25] JOIN 15 chess@a.example
        s:  [  30] 202 15 pending state=pending
        S:  [  86] MEMBER #5 chess@a.example who=bob@b.example state=pending t=2026-11-22T06:10:51.000Z
        C:  [  46] APPROVE 31 chess@a.example who=bob@b.example
        S:  [  32] 200 31 ok ver=1795327852000000
        s:  [  97] MEMBER #3 chess@a.example who=bob@b.example state=member role=member t=2026-11-22T06:10:52.000Z
        c:  [  28] MEMBERS 16 chess@a.example
        s:  [ 153] 200 16 ok n=4 type=text/pip-who {112}
                  | alice@a.example role=owner
                  | bob@b.example role=member
                  | carol@b.example role=member
                  | dave@a.example role=member
        C:  [  78] SEND 32 chess@a.example mid=01JF30C1 type=text/plain {17}
                  | Tonight at eight?
        S:  [  17] 202 32 accepted
        >   [ 155] SEND 881 b.example from=chess@a.example by=alice@a.example mid=01JF30C1 rcpt=bob,carol type=text/plain t=2026-11-22T06:11:00.000Z {17}
                  | Tonight at eight?
        <   [  18] 202 881 accepted
        s:  [ 125] MSG #4 chess@a.example from=alice@a.example mid=01JF30C1 type=text/plain t=2026-11-22T06:11:00.000Z {17}
                  | Tonight at eight?
        c:  [   8] ACK #4
        """;

    public const string Interest = """
        c:  [  36] JOIN 17 b.example/interest/games.>
        s:  [  24] 200 17 ok state=member
        C:  [ 126] SEND 33 b.example/interest/games.chess mid=01JF30D7 class=games.chess type=text/plain {32}
                  | Looking for a partner, ~1800 Elo
        S:  [  17] 202 33 accepted
        s:  [ 173] MSG #5 b.example/interest/games.chess from=alice@a.example mid=01JF30D7 class=games.chess type=text/plain t=2026-11-22T06:11:05.000Z {32}
                  | Looking for a partner, ~1800 Elo
        C:  [  76] JOIN 34 chess@a.example classes=games.chess.openings,games.chess.puzzles.>
        S:  [  23] 200 34 ok state=owner
        """;
}
