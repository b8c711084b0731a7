using System.IO.Pipelines;
using Microsoft.Extensions.Options;
using Presence.Contracts;
using Presence.Protocol.Framing;
using Presence.Sessions;
using Presence.Sessions.Abroad;
using Presence.Sessions.Connections;
using Presence.Sessions.Metrics;
using Presence.Sessions.Transport;

namespace Presence.Federation.Inbound;

/// <summary>
/// Verbs that one node answers, whoever asks: their handlers see a session of the remote user that has no client. It takes
/// no events, for none of these verbs has any.
/// </summary>
internal sealed class GuestVerbs(
    IEnumerable<IVerbHandler> handlers, VerbTable table, IOptions<SessionOptions> options, SessionMetrics metrics,
    PresenceClock clock)
{
    private readonly Dictionary<string, IVerbHandler> _handlers = handlers
        .Where(handler => handler is AbroadHandler)
        .ToDictionary(handler => handler.Verb, StringComparer.Ordinal);

    public bool Has(string verb) => _handlers.ContainsKey(verb);

    public bool IsSafe(string verb) => _handlers.TryGetValue(verb, out var handler) && handler.IsSafe;

    public async ValueTask<Reply> Handle(PeerAsker asker, Frame frame)
    {
        var guest = new Session(
            new SessionTransport("guest", NoPipe.Instance, asker.Pair.Remote.ToString(), false, null, _ => { }),
            options.Value,
            metrics,
            clock.Time)
        {
            Phase = Phase.Bound,
            Domain = asker.Pair.Local,
            User = asker.From,
        };
        return table.Check(guest, frame) ?? await _handlers[frame.Verb].Handle(guest, frame);
    }

    /// <summary>There is nothing to read from or to write to.</summary>
    private sealed class NoPipe : IDuplexPipe
    {
        public static readonly NoPipe Instance = new();

        public PipeReader Input { get; } = PipeReader.Create(Stream.Null);

        public PipeWriter Output { get; } = PipeWriter.Create(Stream.Null);
    }
}
