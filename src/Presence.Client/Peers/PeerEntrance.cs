using System.Globalization;
using System.Text;
using Presence.Model.Addresses;
using Presence.Protocol.Framing;

namespace Presence.Client.Peers;

/// <summary>HELLO and AUTH on a direct connection that the other side opened. TLS has proven its certificate before.</summary>
/// <param name="self">The owner of this side.</param>
/// <param name="other">Whom the invitation was to or from; nobody else is let in.</param>
/// <param name="mayEnter">Asked once, before the last answer: whether this connection is the one.</param>
internal sealed class PeerEntrance(Address self, Address other, Func<bool> mayEnter)
{
    private const string Version = "1.0";

    private bool _isGreeted;

    /// <summary>Called when the other side is in, before it learns of it.</summary>
    public required Action Entered { get; init; }

    public ValueTask<PeerReply> Serve(Frame request) => ValueTask.FromResult(request.Verb switch
    {
        "HELLO" when !_isGreeted => Hello(request),
        "AUTH" when _isGreeted => Authenticate(request),
        _ => new PeerReply(401, _isGreeted ? "auth-required" : "hello-first"),
    });

    private PeerReply Hello(Frame request)
    {
        if (request.Target != self.Domain.Value || request.Parameters["role"] != "peer")
            return PeerReply.BadRequest;

        if (request.Parameters["v"]?.Split(',').Contains(Version) != true)
            return new PeerReply(505, "version") { Parameters = [("v", Version)] };

        _isGreeted = true;
        return new PeerReply(200, "ok")
        {
            Parameters =
            [
                ("v", Version), ("domain", self.Domain.Value), ("peer", self.ToString()), ("auth", "EXTERNAL"),
                ("features", "peer"),
                ("maxline", Text(PeerLink.MaxLine)), ("maxbody", Text(PeerLink.MaxBody)),
                ("inflight", Text(PeerLink.InFlight)), ("events", Text(PeerLink.MaxEvents)),
                ("idle", Text((int)PeerLink.Idle.TotalSeconds)),
            ],
        };
    }

    private PeerReply Authenticate(Frame request)
    {
        var expected = Convert.ToBase64String(Encoding.UTF8.GetBytes(other.ToString()));
        if (request.Target != "EXTERNAL" || request.Parameters["data"] != expected)
            return new PeerReply(435, "auth-failed");

        if (!mayEnter())
            return new PeerReply(409, "conflict");

        Entered();
        return new PeerReply(200, "ok") { Parameters = [("user", other.ToString())] };
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
