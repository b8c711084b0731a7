using System.Globalization;
using System.Text;
using Presence.Contracts.Peers;
using Presence.Federation.Dialing;
using Presence.Protocol.Commands;
using Presence.Protocol.Framing;
using Presence.Sessions.Connections;

namespace Presence.Federation.Links;

/// <summary>The first words on a connection that we have opened: HELLO, AUTH EXTERNAL, then RESUME or BIND.</summary>
internal static class LinkOpening
{
    /// <summary>What the first words have led to: a session, or why there is none.</summary>
    public sealed record Outcome(LinkSession? Session, DialFailure? Failure, TimeSpan? DownFor);

    public static async Task<Outcome> Open(LinkConnection connection, PeerLink link, LinkHost host)
    {
        try
        {
            using var limit = new CancellationTokenSource(host.Options.ForSession.AuthTime, host.Clock.Time);
            await using var cut = limit.Token.Register(() => connection.Abort("idle"));
            return await Speak(connection, link, host);
        }
        catch (Exception torn) when (torn is IOException or OperationCanceledException or InvalidOperationException)
        {
            return Failed(DialFailure.Timeout(torn.Message));
        }
    }

    private static async Task<Outcome> Speak(LinkConnection connection, PeerLink link, LinkHost host)
    {
        var greeting = await connection.Next();
        if (greeting is not { Code: 220 })
            return Refused(greeting, "no greeting");
        var (local, remote) = link.Pair;
        connection.Request(
            "HELLO", 1, remote.ToString(), ("v", "1.0"), ("role", "server"), ("from", local.ToString()),
            ("features", VersionTime.Feature));
        var hello = await connection.Next();
        if (hello is not { Code: 200 })
            return Refused(hello, "HELLO");
        connection.Widen();
        connection.OmitsTime = VersionTime.IsAmong(hello.Parameters["features"]);
        if (int.TryParse(hello.Parameters["inflight"], NumberStyles.None, CultureInfo.InvariantCulture, out var inFlight))
            connection.InFlight = Math.Max(1, inFlight);
        connection.Request(
            "AUTH", 2, "EXTERNAL", ("data", Base64Text.Encode(Encoding.ASCII.GetBytes(local.ToString()))));
        var auth = await connection.Next();
        if (auth is not { Code: 200 })
            return Refused(auth, "AUTH");
        connection.Phase = Phase.Authenticated;
        return await Resume(connection, link, host) ?? await Bind(connection, link.Pair, host);
    }

    private static async Task<Outcome?> Resume(LinkConnection connection, PeerLink link, LinkHost host)
    {
        if (link.Session is not { Key: { } key, IsBroken: false } session)
            return null;
        connection.Request(
            "RESUME", 3, session.Id, ("key", key),
            ("seen", session.Seen.ToString(CultureInfo.InvariantCulture)));
        var resume = await connection.Next();
        if (resume is not { Code: 200 })
            return resume is null ? Refused(null, "RESUME") : null;
        session.Key = resume.Parameters["key"] ?? key;
        if (long.TryParse(resume.Parameters["seen"], NumberStyles.None, CultureInfo.InvariantCulture, out var seen))
            session.Outbox.Acknowledge(seen);
        connection.Phase = Phase.Bound;
        return new Outcome(session, null, null);
    }

    private static async Task<Outcome> Bind(LinkConnection connection, DomainPair pair, LinkHost host)
    {
        connection.Request("BIND", 4, null, ("ep", host.Name));
        var bind = await connection.Next();
        if (bind is not { Code: 200 } || bind.Parameters["sid"] is not { } sid || bind.Parameters["key"] is not { } key)
            return Refused(bind, "BIND");
        connection.Phase = Phase.Bound;
        return new Outcome(Session(connection, pair, (sid, key), host), null, null);
    }

    private static LinkSession Session(
        LinkConnection connection, DomainPair pair, (string Id, string Key) given, LinkHost host) =>
        new(pair, given.Id, given.Key, host.Options, host.Clock.Time) { OmitsTime = connection.OmitsTime };

    private static Outcome Refused(Frame? response, string about)
    {
        if (response is null)
            return Failed(DialFailure.Timeout($"closed: {about}"));
        var why = $"{about}: {response.Code} {response.Reason}";
        TimeSpan? retry = int.TryParse(response.Parameters["retry"], out var seconds) ? TimeSpan.FromSeconds(seconds) : null;
        return response.Code switch
        {
            421 when response.Reason == "wrong-host" =>
                new Outcome(null, DialFailure.NoService(why), TimeSpan.FromSeconds(60)),
            435 or 403 => Failed(DialFailure.Unverified(why)),
            _ => new Outcome(null, DialFailure.Timeout(why), retry ?? TimeSpan.FromSeconds(30)),
        };
    }

    private static Outcome Failed(DialFailure failure) => new(null, failure, null);
}
