using System.Collections.Frozen;
using Microsoft.Extensions.Options;
using Presence.Protocol.Framing;

namespace Presence.Sessions.Connections;

/// <summary>
/// All verbs of this gateway, and the checks that stand before each of them: phase, critical parameters, forged sender.
/// </summary>
internal sealed class VerbTable(IEnumerable<IVerbHandler> handlers, IOptions<SessionOptions> options)
{
    private readonly FrozenDictionary<string, IVerbHandler> _handlers =
        handlers.ToFrozenDictionary(handler => handler.Verb, StringComparer.Ordinal);

    private readonly FrozenDictionary<string, string[]> _fields =
        handlers.ToFrozenDictionary(handler => handler.Verb, handler => handler.Fields.ToArray(), StringComparer.Ordinal);

    public IVerbHandler? Find(string verb) => _handlers.GetValueOrDefault(verb);

    /// <summary>Why the request is not executed, or null.</summary>
    public Reply? Check(Session session, Frame request)
    {
        var handler = Find(request.Verb);
        if (session.Phase == Phase.Greeted && handler is not { Needs: Phase.Greeted })
            return new Reply(401, "hello-first");
        var isAnonymous = session.Phase == Phase.Open && handler is { ServesAnonymous: true } && options.Value.Anonymous;
        if (session.Phase == Phase.Open && !isAnonymous && handler is not { Needs: <= Phase.Open })
            return new Reply(401, "auth-required");
        if (handler is null)
            return new Reply(501, "not-implemented");
        if (session.Phase < handler.Needs && !isAnonymous)
            return new Reply(405, "not-allowed").With("text", "BIND first");
        if (session.Transport.Admission?.Refuse(request) is { } beyond)
            return Reply.From(beyond);
        if (request.Parameters.FirstCriticalNotIn(_fields[request.Verb]) is { } unknown)
            return new Reply(420, "bad-extension").With("param", unknown);
        return IsForged(session, request) ? new Reply(403, "forbidden").With("param", "from") : null;
    }

    /// <summary>The home server stamps <c>from</c>; a client may repeat its own address and nothing else.</summary>
    private static bool IsForged(Session session, Frame request) =>
        request.Parameters["from"] is { } from && session.Phase >= Phase.Authenticated
        && from != session.User.ToString();
}
