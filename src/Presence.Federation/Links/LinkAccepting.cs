using System.Text;
using Presence.Contracts.Peers;
using Presence.Federation.Accepting;
using Presence.Model.Addresses;
using Presence.Protocol.Commands;
using Presence.Protocol.Framing;
using Presence.Sessions.Connections;

namespace Presence.Federation.Links;

/// <summary>The first words on a connection that another domain has opened, up to BIND or RESUME; then it is served.</summary>
internal sealed class LinkAccepting(LinkHost host) : IPeerAcceptor
{
    private const int MaxFailures = 3;

    public async Task Accept(PeerConnection connection)
    {
        var accepted = new LinkConnection(connection, host.Options, host.Clock.Time);
        using var tick = host.Watch(accepted);
        try
        {
            accepted.Answer(0, new Reply(220, "ready").With("v", "1.0").With("id", host.Name));
            if (await Introduce(accepted) is not { } session)
                return;
            var link = host.Of(new DomainPair(connection.Local, accepted.Remote));
            tick.Dispose();
            link.Attach(accepted, session);
            await host.Serve(accepted, session, link);
        }
        catch (Exception torn) when (torn is IOException or OperationCanceledException or InvalidOperationException)
        {
            host.Torn(accepted, torn);
        }
        finally
        {
            await accepted.Close();
        }
    }

    /// <summary>The session that begins or goes on; null if the connection ends before.</summary>
    private async Task<LinkSession?> Introduce(LinkConnection connection)
    {
        var failures = 0;
        while (await connection.Next() is { } frame)
        {
            if (frame.Kind != FrameKind.Request)
                continue;
            switch (frame.Verb)
            {
                case "HELLO" when connection.Phase == Phase.Greeted:
                    if (!Hello(connection, frame))
                        return null;
                    break;
                case "AUTH" when connection.Phase == Phase.Open:
                    var isKnown = Authenticate(connection, frame);
                    if (isKnown is null || (isKnown is false && ++failures == MaxFailures))
                        return null;
                    break;
                case "BIND" when connection.Phase == Phase.Authenticated:
                    return Bind(connection, frame);
                case "RESUME" when connection.Phase == Phase.Authenticated:
                    if (Resume(connection, frame) is { } session)
                        return session;
                    break;
                case "VERIFY" when connection.Phase > Phase.Greeted:
                    var verdict = host.Claims.Verify(connection.Peer.Local, connection.Named, frame);
                    connection.Answer(frame.Number, verdict);
                    if (verdict.Code != 200 && ++failures == MaxFailures)
                        return null;
                    break;
                case "PING" when connection.Phase > Phase.Greeted:
                    connection.Answer(frame.Number, new Reply(200, "pong"));
                    break;
                case "QUIT":
                    connection.Answer(frame.Number, Reply.Last(221, "bye"));
                    return null;
                default:
                    connection.Answer(frame.Number, TooEarly(connection.Phase));
                    break;
            }
        }

        return null;
    }

    private string Features => host.Claims.IsOn ? $"{Always},claim" : Always;

    private const string Always = $"resume,sync,view,roster,{VersionTime.Feature}";

    private bool Hello(LinkConnection connection, Frame frame)
    {
        var isHosted = Domain.TryParseCanonical(frame.Target, out var domain, out _)
            && domain == connection.Peer.Local && host.Hosted.Contains(domain);
        if (!isHosted)
        {
            connection.Answer(0, Reply.Last(421, "wrong-host"));
            return false;
        }

        if (frame.Parameters["role"] != "server")
        {
            connection.Answer(frame.Number, Reply.Last(400, "bad-request").With("param", "role"));
            return false;
        }

        if (frame.Parameters["v"]?.Split(',').Contains("1.0") != true)
        {
            connection.Answer(frame.Number, Reply.Last(505, "version").With("v", "1.0"));
            return false;
        }

        if (Domain.TryParseCanonical(frame.Parameters["from"], out var speaker, out _))
            connection.Named = speaker;
        connection.OmitsTime = VersionTime.IsAmong(frame.Parameters["features"]);
        connection.Phase = Phase.Open;
        connection.Widen();
        var options = host.Options;
        connection.Answer(frame.Number, Reply.Ok
            .With("v", "1.0").With("domain", domain.ToString()).With("auth", "EXTERNAL").With("features", Features)
            .With("maxline", options.MaxLine).With("maxbody", options.MaxBody).With("inflight", options.InFlight)
            .With("events", options.Events).With("idle", (long)options.Idle.TotalSeconds).With("time", host.Clock.Now));
        return true;
    }

    /// <summary>
    /// The certificate has proven for whom the other side may speak; it says which of them is meant. Null if the connection is
    /// over.
    /// </summary>
    private bool? Authenticate(LinkConnection connection, Frame frame)
    {
        var (auth, refusal) = AuthCommand.Read(frame);
        if (refusal is null && auth.Mechanism == "EXTERNAL" && auth.Data is { } data
            && Domain.TryParseCanonical(Encoding.ASCII.GetString(data.Span), out var domain, out _)
            && connection.Peer.Proven.Contains(domain)
            && !host.Hosted.Contains(domain)
            && host.Policies.Of(domain).IsAllowed)
        {
            if (host.Conduct.LeftOf(domain) is { } left)
            {
                connection.Answer(0, Unwelcome(left));
                return null;
            }

            connection.Remote = domain;
            connection.Phase = Phase.Authenticated;
            connection.Answer(frame.Number, Reply.Ok.With("user", domain.ToString()));
            return true;
        }

        connection.Answer(frame.Number, new Reply(435, "auth-failed"));
        return false;
    }

    /// <summary>Nothing more is heard of it for a while.</summary>
    public static Reply Unwelcome(TimeSpan left) =>
        Reply.Last(421, "overloaded").With("retry", (long)Math.Ceiling(left.TotalSeconds));

    private LinkSession Bind(LinkConnection connection, Frame frame)
    {
        var id = $"s-{host.Name[6..]}-{Guid.NewGuid():N}"[..24];
        var pair = new DomainPair(connection.Peer.Local, connection.Remote);
        var session = new LinkSession(pair, id, null, host.Options, host.Clock.Time) { OmitsTime = connection.OmitsTime };
        connection.Phase = Phase.Bound;
        var reply = Reply.Ok.With("sid", session.Id).With("key", session.Secret!.Text)
            .With("ttl", (long)host.Options.ResumeTime.TotalSeconds);
        connection.Answer(frame.Number, frame.Parameters["ep"] is { } endpoint ? reply.With("ep", endpoint) : reply);
        return session;
    }

    /// <summary>Where both sides resume, each tells what it has seen of the other's events.</summary>
    private LinkSession? Resume(LinkConnection connection, Frame frame)
    {
        var (resume, refusal) = ResumeCommand.Read(frame);
        var link = host.Find(new DomainPair(connection.Peer.Local, connection.Remote));
        if (refusal is not null || link?.Find(resume.Session, resume.Key) is not { } session
            || session.Outbox.Acknowledge(resume.Seen) is null)
        {
            connection.Answer(frame.Number, refusal is null ? new Reply(410, "session-gone") : Reply.From(refusal));
            return null;
        }

        connection.Phase = Phase.Bound;
        connection.Answer(frame.Number, Reply.Ok.With("sid", session.Id)
            .With("key", session.Secret!.Rotate(resume.Key))
            .With("ttl", (long)host.Options.ResumeTime.TotalSeconds)
            .With("next", session.Replies.Next).With("seen", session.Seen));
        return session;
    }

    private static Reply TooEarly(Phase phase) => phase switch
    {
        Phase.Greeted => new Reply(401, "hello-first"),
        Phase.Open => new Reply(401, "auth-required"),
        _ => new Reply(405, "not-allowed").With("text", "BIND first"),
    };
}
