using Microsoft.Extensions.Options;
using Presence.Protocol.Commands;
using Presence.Protocol.Framing;
using Presence.Sessions.Authentication;
using Presence.Sessions.Connections;
using Presence.Sessions.Transport;

namespace Presence.Sessions.Handlers;

internal sealed class HelloHandler(
    HostedDomains domains, IOptions<SessionOptions> options, IEnumerable<Feature> features,
    IBearerTokens? tokens = null) : IVerbHandler
{
    private const string Version = "1.0";

    private readonly Feature[] _features = [.. features.DistinctBy(feature => feature.Word)];

    public string Verb => "HELLO";

    public Phase Needs => Phase.Greeted;

    public IReadOnlyList<string> Fields => HelloCommand.Fields;

    public ValueTask<Reply> Handle(Session session, Frame request)
    {
        if (session.Phase != Phase.Greeted)
            return ValueTask.FromResult(new Reply(405, "not-allowed"));
        var (hello, refusal) = HelloCommand.Read(request);
        if (refusal is not null)
            return ValueTask.FromResult(Reply.From(refusal));

        // One answer for a domain that is not here, is no domain, or is not the one that TLS was asked for.
        if (hello.Domain is not { } domain || !domains.Contains(domain) || !IsServerName(session, domain.Value))
            return ValueTask.FromResult(WrongHost);
        if (!hello.Versions.Contains(Version))
            return ValueTask.FromResult(Reply.Last(505, "version").With("v", Version));

        session.Domain = domain;
        session.Dialogue = DialogueOf(session.Transport);
        session.Phase = Phase.Open;
        return ValueTask.FromResult(Announce(session));
    }

    /// <summary>Secrets in the open need TLS, or a loopback connection where the operator tries things out.</summary>
    private SaslDialogue DialogueOf(SessionTransport transport)
    {
        var isTrying = options.Value.PlainOnLoopback && transport.IsLoopback;
        return new SaslDialogue(
            transport.Tls,
            allowsPlain: transport.Tls is not null ? options.Value.PlainOverTls : isTrying,
            allowsBearer: tokens?.AreTaken == true && (transport.Tls is not null || isTrying),
            onlyBound: options.Value.BoundLoginsOnly);
    }

    private static Reply WrongHost => Reply.Last(421, "wrong-host");

    private static bool IsServerName(Session session, string domain) =>
        session.Transport.Tls?.ServerName is not { Length: > 0 } name
        || name.Equals(domain, StringComparison.OrdinalIgnoreCase);

    private Reply Announce(Session session)
    {
        var limits = options.Value;
        return Reply.Ok
            .With("v", Version)
            .With("domain", session.Domain.Value)
            .With("auth", session.Dialogue!.Offer.AuthValue)
            .With("cb", session.Dialogue.Offer.CbValue)
            .With("features", string.Join(',', from feature in _features where feature.IsOn select feature.Word))
            .With("maxline", limits.MaxLine)
            .With("maxbody", limits.MaxBody)
            .With("inflight", limits.InFlight)
            .With("events", limits.Events)
            .With("idle", (long)limits.Idle.TotalSeconds)
            .With("time", session.Now);
    }
}
