using Presence.Client.Connections;
using Presence.Client.Login;
using Presence.Protocol.Framing;

namespace Presence.Client.Requests;

/// <summary>
/// All requests that have no answer, in the order asked. Without a connection they wait; on a resumed session they are
/// sent again under their tags, which the server's reply cache makes harmless; in a new session those that may be
/// repeated are sent anew (docs/protocol/sessions.md, "Requests"). Safe for several threads.
/// </summary>
/// <param name="capacity">Requests that may wait at a time.</param>
internal sealed class RequestLedger(int capacity)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<PendingRequest> _waiting = [];
    private PipConnection? _connection;
    private ServerOffer? _offer;
    private Exception? _closed;

    /// <summary>Takes a request and sends it if there is a connection.</summary>
    /// <exception cref="PresenceException">The client is over, or too many requests wait.</exception>
    public void Add(PendingRequest request)
    {
        lock (_lock)
        {
            if (_closed is not null)
                throw _closed;
            if (_waiting.Count >= capacity)
                throw new PresenceUnansweredException(
                    "too-many", mayHaveHappened: false, $"{capacity} requests wait for an answer already.");

            _waiting.AddLast(request);
            request.WasInterrupted |= _connection is null;
            Send(request);
        }
    }

    /// <summary>Nobody waits for its answer any more: it is not sent again.</summary>
    public void Forget(PendingRequest request)
    {
        lock (_lock)
            _waiting.Remove(request);
    }

    /// <summary>The connection is lost.</summary>
    public void Detach()
    {
        lock (_lock)
        {
            _connection = null;
            foreach (var request in _waiting)
                request.WasInterrupted = true;
        }
    }

    /// <summary>Goes on in the same session: first what was sent before, under the same tags.</summary>
    /// <param name="nextTag">One above the highest tag that the server got.</param>
    public void Resume(PipConnection connection, ServerOffer offer, long nextTag)
    {
        lock (_lock)
        {
            (_connection, _offer) = (connection, offer);
            connection.ContinueTags(Math.Max(nextTag - 1, _waiting.Select(request => request.Tag).DefaultIfEmpty().Max()));
            foreach (var request in _waiting.ToList())
                Send(request);
        }
    }

    /// <summary>Goes on in a new session, whose tags are new too.</summary>
    /// <param name="first">To be sent before what waits.</param>
    public void Restart(PipConnection connection, ServerOffer offer, IReadOnlyList<PendingRequest> first)
    {
        lock (_lock)
        {
            (_connection, _offer) = (connection, offer);
            foreach (var request in first.Reverse())
                _waiting.AddFirst(request);

            foreach (var request in _waiting.ToList())
            {
                request.Tag = 0;
                if (request is { WasSent: true, IsRepeatable: false })
                    Finish(request, Lost(request));
                else
                    Send(request);
            }
        }
    }

    /// <summary>Fails all that waits, and all that comes.</summary>
    public void Close(Exception why)
    {
        lock (_lock)
        {
            _closed ??= why;
            _connection = null;
            foreach (var request in _waiting)
                request.Fail(why);

            _waiting.Clear();
        }
    }

    private void Send(PendingRequest request)
    {
        if (_connection is not { } connection)
            return;

        if (request.Frame.TooLongFor(_offer!) is { } refused)
        {
            _waiting.Remove(request);
            request.Settle(refused);
            return;
        }

        try
        {
            var tag = request.Tag;
            var answer = connection.Begin(request.Frame.WriteTo, ref tag);
            (request.Tag, request.WasSent) = (tag, true);
            request.Following = Follow(request, connection, answer);
        }
        catch (PipConnectionException)
        {
            // It waits for the next connection, as all that this one leaves unanswered.
            request.WasInterrupted = true;
        }
        catch (ArgumentException unwritable)
        {
            Finish(request, unwritable);
        }
    }

    private async Task Follow(PendingRequest request, PipConnection connection, Task<Frame> answer)
    {
        try
        {
            var response = await answer;
            Forget(request);
            request.Settle(ServerAnswer.Of(response));
        }
        catch (PipConnectionException malformed) when (!connection.IsEnding)
        {
            lock (_lock)
                Finish(request, malformed);
        }
        catch (PipConnectionException)
        {
            // The connection ended: Resume or Restart sends it again.
        }
    }

    private void Finish(PendingRequest request, Exception why)
    {
        _waiting.Remove(request);
        request.Fail(why);
    }

    private static PresenceUnansweredException Lost(PendingRequest request) => new("session-lost", mayHaveHappened: true,
        $"The session was lost while {request.Frame.Verb} was under way; whether it was done is not known.");
}
