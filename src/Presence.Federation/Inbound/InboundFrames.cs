using Microsoft.Extensions.Logging;
using Presence.Federation.Links;
using Presence.Model.Addresses;
using Presence.Model.Replies;
using Presence.Protocol.Framing;
using Presence.Sessions.Connections;

namespace Presence.Federation.Inbound;

/// <summary>
/// What another domain asks and tells. It may speak for its own people only, and only about ours; addresses must be
/// canonical, for whoever maps two spellings to one address must have done it before.
/// </summary>
internal sealed partial class InboundFrames(
    IEnumerable<IPeerVerb> verbs, GuestVerbs guests, PeerEventTaker events, PeerConduct conduct, PrincipalQuotas quotas,
    AbuseReports reports, ILogger<InboundFrames> logger)
{
    private readonly Dictionary<string, IPeerVerb> _verbs = verbs.ToDictionary(verb => verb.Verb, StringComparer.Ordinal);

    /// <summary>True if the verb may be executed again instead of answered from the cache.</summary>
    public bool IsSafe(string verb) => verb is "PING" or "SYNC" || guests.IsSafe(verb);

    /// <summary>Answers one request. Never throws.</summary>
    public async Task<Reply> Execute(LinkSession session, Frame frame)
    {
        try
        {
            return frame.Verb == "PING" ? new Reply(200, "pong")
                : Check(session, frame, out var asker) is { } refused ? refused
                : Own(asker!, quotas.Refuse(asker!.From, frame) ?? await Execute(asker, frame));
        }
        catch (Exception exception)
        {
            // The edge: a bug or a failing silo must cost this request only, and must be seen.
            LogFailure(logger, frame.Verb, session.Pair.ToString(), exception);
            return exception is TimeoutException ? new Reply(503, "overloaded") : new Reply(500, "error");
        }
    }

    /// <summary>Takes what the other domain tells. Never throws: what fails here is repaired by SYNC.</summary>
    public async Task Take(LinkSession session, Frame frame)
    {
        try
        {
            await events.Take(session, frame);
        }
        catch (Exception exception)
        {
            LogFailure(logger, frame.Verb, session.Pair.ToString(), exception);
        }
    }

    /// <summary>Who has asked or guessed too often must wait himself: his domain need not.</summary>
    private Reply Own(PeerAsker asker, Reply reply)
    {
        if (reply.Code != Refusal.SlowDown.Code)
            return reply;
        reports.Refused(asker);
        return reply.With("param", "from");
    }

    private async ValueTask<Reply> Execute(PeerAsker asker, Frame frame)
    {
        if (!_verbs.TryGetValue(frame.Verb, out var verb))
            return await guests.Handle(asker, frame);
        return frame.Parameters.FirstCriticalNotIn(verb.Fields) is { } unknown
            ? new Reply(420, "bad-extension").With("param", unknown)
            : await verb.Handle(asker, frame);
    }

    /// <summary>Why the request is not executed, or null.</summary>
    private Reply? Check(LinkSession session, Frame frame, out PeerAsker? asker)
    {
        asker = null;
        if (!_verbs.ContainsKey(frame.Verb) && !guests.Has(frame.Verb))
            return new Reply(501, "not-implemented");
        if (frame.Parameters["from"] is not { } text)
            return Reply.From(Refusal.BadParameter("from"));
        if (!Address.TryParseCanonical(text, out var from, out _))
            return Reply.From(Refusal.BadAddress).With("param", "from");
        if (!session.HasRemote(from.Domain))
        {
            LogForged(logger, session.Pair.ToString(), frame.Verb);
            conduct.Misdeed(session.Pair.Remote);
            return Reply.From(Refusal.Forbidden).With("param", "from");
        }

        var pair = session.Pair with { Remote = from.Domain };
        asker = new PeerAsker(pair, from, session);
        if (frame.Verb is "UNSUB" or "SYNC" or "ROSTER")
            return null;
        if (!Place.TryParseCanonical(frame.Target, out var place, out _) || place.Address is not { } node)
            return Reply.From(Refusal.BadAddress);
        asker = asker with { Pair = pair with { Local = node.Domain } };
        return session.Serves(asker.Pair) ? null : new Reply(502, "no-service");
    }

    [LoggerMessage(2070, LogLevel.Error, "{Verb} of the link {Pair} failed.")]
    private static partial void LogFailure(ILogger logger, string verb, string pair, Exception exception);

    [LoggerMessage(2071, LogLevel.Warning, "The other side of link {Pair} spoke for somebody who is not its own ({Verb}).")]
    private static partial void LogForged(ILogger logger, string pair, string verb);
}
