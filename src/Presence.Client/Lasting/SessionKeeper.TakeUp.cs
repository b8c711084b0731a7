using Presence.Client.Connections;
using Presence.Client.Requests;

namespace Presence.Client.Lasting;

/// <summary>What happens on a new connection before anything else: the old session goes on, or a new one catches up.</summary>
internal sealed partial class SessionKeeper
{
    private async Task TakeUp(Attachment attachment, TimeSpan outage)
    {
        var now = _settings.Time.GetUtcNow();
        _bound = attachment.Bound;
        if (attachment.NextTag is { } next && !_needsSync)
        {
            _trail.Attach(attachment.Connection, attachment.Told);
            LogResumed(outage.TotalSeconds);
            Present(attachment, new Resumed(now, outage));
            _ledger.Resume(attachment.Connection, attachment.Offer, next);
            return;
        }

        if (attachment.NextTag is null)
        {
            _trail = new AcknowledgementTrail();
            _needsSync = true;
            _sessions++;
        }
        else
        {
            // A new session that was lost again before it had caught up.
            attachment.Connection.ContinueTags(attachment.NextTag.Value - 1);
        }

        var changes = await Sync(attachment);
        _needsSync = false;
        _trail.Attach(attachment.Connection, attachment.Told);
        if (_first.Task.IsCompleted)
        {
            LogResynced(outage.TotalSeconds, changes);
            Present(attachment, new Resynced(now, outage, changes));
        }
        else
        {
            LogConnected(attachment.Account.ToString(), attachment.Bound.Endpoint);
            Present(attachment, new Connected(now));
        }

        SendAgain(attachment);
        _first.TrySetResult(attachment);
    }

    private void Present(Attachment attachment, ConnectionEvent happened)
    {
        _attachment = attachment;
        State = ConnectionState.Connected;
        Hub.Publish(happened);
    }

    /// <returns>How many of the places watched have something new.</returns>
    private async Task<int> Sync(Attachment attachment)
    {
        var changes = 0L;
        foreach (var held in Book.Held(attachment.Offer.MaxBody))
        {
            var frame = new RequestFrame("SYNC", null, [("type", "text/pip-sync")], held);
            try
            {
                var answer = ServerAnswer.Of(await attachment.Connection.Request(frame.WriteTo, _stopping.Token));
                changes += answer.Require().Number("n") ?? 0;
            }
            catch (TimeoutException late)
            {
                throw new PipConnectionException(0, "timeout", late.Message, late);
            }
            catch (PipRefusedException refusal)
            {
                throw new PipConnectionException(refusal.Code, refusal.Reason, refusal.Message, refusal);
            }
        }

        return (int)changes;
    }

    private void SendAgain(Attachment attachment)
    {
        var unconfirmed = Outbound.Unconfirmed();
        _ledger.Restart(attachment.Connection, attachment.Offer, [.. unconfirmed.Select(one => one.Request)]);
        foreach (var (message, request) in unconfirmed)
            Background.Run(ending => Outbound.Again(message, request, ending));
    }
}
