using System.Text;
using OctetLookup = System.Collections.Generic.HashSet<string>.AlternateLookup<System.ReadOnlySpan<byte>>;

namespace Presence.Protocol.Framing;

/// <summary>
/// The strings of common verbs, parameter names and reason words, so that reading them allocates nothing. A word that
/// is not listed costs one string and is otherwise treated alike.
/// </summary>
internal static class WireNames
{
    private static readonly OctetLookup Verbs = Table(
        "HELLO STARTTLS AUTH BIND RESUME SYNC PING QUIT UDPKEY GET SET DEL SUB UNSUB WATCHERS APPROVE DENY FIND "
        + "LOCATE GETACL SETACL BLOCK UNBLOCK ALLOW UNALLOW LISTS SEND RECEIPT INVITE ANSWER CANCEL REFER CREATE "
        + "DESTROY JOIN LEAVE MEMBERS CLAIM VERIFY ROSTER SEAL NOTIFY MSG WATCHER MEMBER INFO ACK");

    private static readonly OctetLookup ParameterNames = Table(
        "v role agent lang from data abort ep prio caps grace copy subs resume take lease show key seen path expires "
        + "if-not accept pass nonce proof val type if default id min scope classes what since who rights mode q max "
        + "mid want ttl class re subject auto deliver by rcpt to disp code inv why kind join send list anon rule "
        + "after epoch via hops domain auth cb features maxline maxbody inflight events idle time user sid uid alg "
        + "port ver t state view prev next n dup retry alt param text salt i last role contact");

    private static readonly OctetLookup Reasons = Table(
        "trying ringing queued ok pong begin-tls created accepted pending multi ready bye gone-to moved not-modified "
        + "continue bad-request bad-frame hello-first auth-required pass-required forbidden not-found not-allowed "
        + "not-acceptable timeout conflict stale-tag roster-mismatch session-gone gone version-mismatch "
        + "body-too-large line-too-long type-refused bad-extension going-down overloaded slow-reader idle replaced "
        + "wrong-host interval-too-brief tls-required slow-down too-many auth-failed unavailable "
        + "no-such-transaction loop too-many-hops bad-address busy offer-refused error not-implemented "
        + "peer-unverified no-service peer-timeout version quota");

    public static string Verb(ReadOnlySpan<byte> token) => Find(Verbs, token);

    public static string Parameter(ReadOnlySpan<byte> token) => Find(ParameterNames, token);

    public static string Reason(ReadOnlySpan<byte> token) => Find(Reasons, token);

    private static string Find(OctetLookup table, ReadOnlySpan<byte> token) =>
        table.TryGetValue(token, out var word) ? word : Encoding.ASCII.GetString(token);

    private static OctetLookup Table(string words) =>
        new HashSet<string>(words.Split(' '), new OctetComparer()).GetAlternateLookup<ReadOnlySpan<byte>>();
}
