namespace Presence.Conformance.Statements;

/// <summary>Statements that one client of one server cannot see, why, and which tests of this project prove them instead.</summary>
internal static class OutOfSight
{
    private const string SecondDomain = "needs a second domain that federates with the server";
    private const string OfClients = "about client libraries; here: tests/Presence.Client.Tests";
    private const string OfServers = "about how a server finds others; needs a name server under the runner's control";

    private static readonly Dictionary<string, string> Reasons = new(StringComparer.Ordinal)
    {
        ["FRM-16"] = SecondDomain,
        ["TOK-13"] = OfClients,
        ["TOK-15"] = SecondDomain,
        ["AUT-01"] = "pure vectors; here: ScramVectorTests in tests/Presence.Protocol.Tests, and every login of this run is SCRAM",
        ["RES-08"] = "needs a second gateway",
        ["RES-11"] = "about the receiving client's order of events; the server's part is RES-10",
        ["MSG-07"] = SecondDomain,
        ["INV-09"] = "about peers: two clients of the same make",
        ["GRP-08"] = SecondDomain,
        ["GRP-09"] = SecondDomain,
        ["ACL-19"] = "needs the administrator's policy to be changed while it runs",
        ["LOC-02"] = SecondDomain,
        ["LOC-03"] = "about the start of the server; here: tests/Presence.Process.Tests",
        ["LOC-04"] = OfClients,
        ["LOC-05"] = "about the server's logs and the client's history; the wire's part is ACL-18",
        ["LOC-06"] = OfServers,
        ["LOC-07"] = OfServers,
        ["LOC-08"] = OfServers,
        ["LOC-09"] = OfServers,
        ["LOC-10"] = OfServers,
        ["LOC-11"] = OfServers,
        ["LOC-12"] = OfServers,
        ["LOC-13"] = OfServers,
        ["LOC-14"] = "needs two hosted domains",
        ["LOC-15"] = OfServers,
        ["LIM-04"] = "a load test: ./presence bench idle",
        ["LIM-05"] = "about calls inside the server; here: tests/Presence.Grains.Tests",
        ["LIM-06"] = "needs the server to be shut down, and a second one",
        ["LIM-07"] = "needs days; here: FrameFuzzTests in tests/Presence.Protocol.Tests",
        ["UDP-10"] = "is what running this program over TLS, WebSocket and clear text, and comparing, shows",
    };

    public static string Why(string id) => Reasons.GetValueOrDefault(id) switch
    {
        null when id.StartsWith("FED", StringComparison.Ordinal) => SecondDomain,
        { Length: > 0 } why => why,
        _ => "no check has been written",
    };
}
