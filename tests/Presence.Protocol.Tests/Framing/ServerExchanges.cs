namespace Presence.Protocol.Tests.Framing;

/// <summary>Worked exchanges E11 to E20 of docs/protocol, section 2.15, as printed there, without remarks and
/// without the broken request 66 of E14, whose printed count of octets is that of a bare LF.</summary>
internal static class ServerExchanges
{
    public const string Federation = """
        <   [  29] 220 0 ready v=1.0 id=fed2-b
        >   [  52] HELLO 1 b.example v=1.0 role=server from=a.example
        <   [ 178] 200 1 ok v=1.0 domain=b.example auth=EXTERNAL features=resume,sync,view,roster,claim maxline=16384 maxbody=262144 inflight=512 events=4096 idle=60 time=2026-11-22T06:10:00.000Z
        >   [  35] AUTH 2 EXTERNAL data=YS5leGFtcGxl
        <   [  25] 200 2 ok user=a.example
        >   [  16] BIND 3 ep=fed1
        <   [  74] 200 3 ok ep=fed1 sid=s-44ce key=IOeWwSgJbSKbqJv0EqU8MVHRcKQJwsjB ttl=600
        >   [  74] SUB 4 bob@b.example/status from=alice@a.example id=al-bob1 expires=86400
        <   [  57] 200 4 ok id=al-bob1 state=active view=v7c expires=86400
        <   [  97] NOTIFY #1 bob@b.example/status view=v7c ver=1795327812050000 val=dnd t=2026-11-22T06:10:12.050Z
        >   [  73] SUB 5 bob@b.example/status from=dave@a.example id=da-bob1 expires=86400
        <   [  57] 200 5 ok id=da-bob1 state=active view=v7c expires=86400
        >   [   8] ACK #1
        <   [ 100] NOTIFY #2 bob@b.example/status view=v7c ver=1795327880000000 val=online t=2026-11-22T06:11:20.000Z
        <   [ 112] NOTIFY #3 bob@b.example/status id=da-bob1 view=k02 ver=1795327881000000 val=offline t=2026-11-22T06:11:21.000Z
        >   [   8] ACK #3
        >   [  67] CLAIM 6 c.example key=BOcZ1KXheASUQKFknZrTQCaK.29922130 id=s-44ce
        >>  [  68] VERIFY 2 c.example key=BOcZ1KXheASUQKFknZrTQCaK.29922130 id=s-44ce
        <<  [  10] 200 2 ok
        <   [  25] 200 6 ok user=c.example
        """;

    public const string Resumption = """
        S:  [  98] NOTIFY #40 bob@b.example/status id=bob1 ver=1795327890000000 val=away t=2026-11-22T06:11:30.000Z
        C:  [   9] ACK #40
        C:  [  62] SEND 50 bob@b.example mid=01JF31AA type=text/plain {4}
                  | ping
        C:  [  62] RESUME 4 s-9QmZ key=OnxhJmFaOxwd4oh9M13ZhptA5jP3J7kv seen=40
        S:  [  45] 200 4 ok ep=desk sid=s-9QmZ ttl=300 next=51
        S:  [ 108] NOTIFY #42 bob@b.example/status id=bob1 prev=40 ver=1795327893000000 val=online t=2026-11-22T06:11:33.000Z
        S:  [ 101] MSG #43 ~ from=bob@b.example mid=7Qd1 type=text/plain t=2026-11-22T06:11:34.000Z {12}
                  | still there?
        C:  [  62] SEND 50 bob@b.example mid=01JF31AA type=text/plain {4}
                  | ping
        S:  [  25] 202 50 accepted dup=yes
        C:  [   9] ACK #43
        C:  [   9] PING 51
        S:  [  13] 200 51 pong
        """;

    public const string Rebinding = """
        C:  [  62] RESUME 4 s-9QmZ key=OnxhJmFaOxwd4oh9M13ZhptA5jP3J7kv seen=43
        S:  [  20] 410 4 session-gone
        C:  [  24] BIND 5 ep=desk prio=10
        S:  [  74] 200 5 ok ep=desk sid=s-B81k key=AV9-a8Wur0g3JAieklLME7UJUaa2lBJS ttl=300
        C:  [ 117] SYNC 6 type=text/pip-sync {83}
                  | bob1 ver=1795327893000000
                  | carol1 ver=1795327300000000
                  | old7 ver=1795326900000000
        S:  [  14] 200 6 ok n=2
        S:  [ 104] NOTIFY #1 carol@b.example/status id=carol1 ver=1795327900000000 val=offline t=2026-11-22T06:11:40.000Z
        S:  [  73] NOTIFY #2 pete@d.example/status id=old7 state=terminated why=noresource
        C:  [   8] ACK #2
        """;

    public const string Errors = """
        C:  [  23] FROB 60 bob@b.example
        S:  [  24] 501 60 not-implemented
        C:  [  68] SEND 61 bob@b.example mid=q1 type=text/plain !seal-with=pq1 {1}
                  | x
        S:  [  38] 420 61 bad-extension param=seal-with
        C:  [  47] SUB 62 bob@b.example/status id=bob1 expires=5
        S:  [  34] 423 62 interval-too-brief min=60
        C:  [  78] SEND 63 bob@b.example from=carol@b.example mid=q2 type=text/plain {5}
                  | spoof
        S:  [  29] 403 63 forbidden param=from
        C:  [  27] SET 64 ~/note val=a val=b
        S:  [  30] 400 64 bad-request param=val
        C:  [  48] SUB 65 zed@b.example/status id=z1 expires=3600
        S:  [  27] 429 65 slow-down retry=12
        S:  [  17] 400 0 bad-frame
        """;

    public const string Invitation = """
        C:  [ 183] INVITE 70 bob@b.example inv=i7 ttl=30 type=application/sdp {115}
                  | v=0
                  | o=- 1 1 IN IP4 192.0.2.7
                  | s=-
                  | c=IN IP4 192.0.2.7
                  | t=0 0
                  | m=audio 49170 RTP/AVP 96
                  | a=rtpmap:96 opus/48000/2
        S:  [  17] 202 70 accepted
        s:  [ 192] INVITE #6 ~ from=alice@a.example inv=i7 ttl=30 type=application/sdp {115}
                  | v=0
                  | o=- 1 1 IN IP4 192.0.2.7
                  | s=-
                  | c=IN IP4 192.0.2.7
                  | t=0 0
                  | m=audio 49170 RTP/AVP 96
                  | a=rtpmap:96 opus/48000/2
        c:  [  43] ANSWER 18 alice@a.example inv=i7 code=180
        s:  [  17] 202 18 accepted
        S:  [  42] ANSWER #44 bob@b.example inv=i7 code=180
        c:  [ 193] ANSWER 19 alice@a.example inv=i7 code=200 type=application/sdp {121}
                  | v=0
                  | o=- 1 1 IN IP4 198.51.100.9
                  | s=-
                  | c=IN IP4 198.51.100.9
                  | t=0 0
                  | m=audio 50002 RTP/AVP 96
                  | a=rtpmap:96 opus/48000/2
        s:  [  17] 202 19 accepted
        S:  [ 201] ANSWER #45 bob@b.example/ep/phone inv=i7 code=200 type=application/sdp {121}
                  | v=0
                  | o=- 1 1 IN IP4 198.51.100.9
                  | s=-
                  | c=IN IP4 198.51.100.9
                  | t=0 0
                  | m=audio 50002 RTP/AVP 96
                  | a=rtpmap:96 opus/48000/2
        S2  [  44] CANCEL #12 ~ inv=i7 why=answered-elsewhere
        """;

    public const string Forwarding = """
        C:  [  61] SET 71 ~/forward val=alice@c.example mode=refer lease=28800
        S:  [  32] 200 71 ok ver=1795327920000000
        c:  [  73] SEND 20 alice@a.example mid=8a type=text/plain want=redirect {5}
                  | hello
        s:  [  43] 302 20 moved to=alice@c.example ttl=28800
        C:  [  81] SET 72 ~/forward val=alice@c.example mode=proxy lease=28800 if=1795327920000000
        S:  [  32] 200 72 ok ver=1795327921000000
        c:  [  59] SEND 21 alice@a.example mid=8b type=text/plain {5}
                  | hello
        s:  [  17] 202 21 accepted
        >   [ 133] SEND 990 alice@c.example from=bob@b.example via=alice@a.example hops=7 mid=8b type=text/plain t=2026-11-22T06:12:02.000Z {5}
                  | hello
        <   [  14] 482 990 loop
        """;

    public const string OneToMany = """
        C:  [  98] SEND 73 * to=bob@b.example,carol@b.example,dave@a.example mid=01JF32 type=text/plain {6}
                  | Lunch?
        S:  [ 133] 207 73 multi type=text/pip-results {90}
                  | bob@b.example 202 accepted
                  | carol@b.example 202 accepted
                  | dave@a.example 480 unavailable
        """;

    public const string Passphrase = """
        C:  [  37] GET 74 bob@b.example/diary pass=yes
        S:  [  75] 401 74 pass-required salt=MDEyMzQ1Njc4OTo7PD0-Pw i=20000 nonce=Jx2b7Qw0aZ
        C:  [  95] GET 75 bob@b.example/diary nonce=Jx2b7Qw0aZ proof=2hk5ldJq6EhxDdzvwVmHTCoRsGhUXiSQ0D33VWnN0Yo
        S:  [  72] 200 75 ok ver=1795320600000000 type=text/plain {17}
                  | Nothing happened.
        """;

    public const string AccessControl = """
        C:  [  20] GETACL 76 ~/status
        S:  [ 141] 200 76 ok ver=1795327809000000 type=text/pip-acl {84}
                  | allow bob@b.example read,sub
                  | allow *@a.example read,sub
                  | ask * sub
                  | deny anon all
        C:  [ 194] SETACL 77 ~/note if=1786327800000000 type=text/pip-acl {130}
                  | allow member:chess@a.example read,sub
                  | allow dave@a.example read,write
                  | allow carol@b.example read,sub path=presence
                  | deny * all
        S:  [  32] 200 77 ok ver=1795327930000000
        C:  [  30] ALLOW 78 ~ who=bob@b.example
        S:  [  32] 200 78 ok ver=1795327931000000
        C:  [  32] SET 79 ~/privacy/mode val=only
        S:  [  32] 200 79 ok ver=1795327931500000
        C:  [  34] SET 80 ~/privacy/mode val=except
        S:  [  32] 200 80 ok ver=1795327939000000
        """;

    public const string Shutdown = """
        S:  [  27] 421 0 slow-reader retry=5
        S:  [  49] 421 0 going-down retry=3 alt=gw2.a.example:7750
        C:  [   9] QUIT 81
        S:  [  12] 221 81 bye
        """;
}
