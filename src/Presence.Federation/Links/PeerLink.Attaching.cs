using Presence.Sessions.Connections;

namespace Presence.Federation.Links;

/// <content>Connections come and go.</content>
internal sealed partial class PeerLink
{
    /// <summary>
    /// A connection has a session, a new one or the one that stands. Gives true if it is in use now; else it is kept in
    /// reserve, since the other side is about to close one of the two (docs/protocol/federation.md, "Connections").
    /// </summary>
    public bool Attach(LinkConnection connection, LinkSession session)
    {
        Uncarry();
        LinkConnection? former;
        lock (_lock)
        {
            if (_isReleased)
            {
                connection.End("replaced");
                return false;
            }

            former = _connection;
            if (former is { IsEnding: false } && MustYield(connection, former))
            {
                Yield(connection, session, former);
                return false;
            }

            Use(connection, session);
        }

        if (former is not null)
            Dismiss(former);
        _failure = null;
        host.Changed(this);
        Pump();
        return true;
    }

    /// <summary>The connection is over. What it served waits to be resumed.</summary>
    public void Detach(LinkConnection connection, LinkSession session)
    {
        session.Outbox.Detach(connection.Wire);
        lock (_lock)
        {
            if (_spare == connection)
                _spare = null;
            if (_connection != connection)
                return;
            _connection = null;
            if (session.IsBroken || host.Options.ResumeTime <= TimeSpan.Zero)
                _session = null;
            _parkedUntil = host.Clock.Now + host.Options.ResumeTime;
            if (_spare is { IsEnding: false } spare && _spareSession is { } other)
            {
                (_spare, _spareSession) = (null, null);
                Use(spare, other);
            }
        }

        EndQuestions();
        host.Changed(this);
        if (!connection.IsOurs)
            GiveTimeToReturn();
        Want();
    }

    /// <summary>The session that a RESUME names, if its key is right.</summary>
    public LinkSession? Find(string id, string key)
    {
        lock (_lock)
        {
            return _session is { IsBroken: false, Secret: { } secret } session && session.Id == id
                && secret.Check(key) == KeyVerdict.Right
                ? session
                : null;
        }
    }

    // Simultaneous connects: the one that the lower domain has opened stays. Two of the same opener: the newer one does.
    private bool MustYield(LinkConnection connection, LinkConnection former) =>
        connection.IsOurs != former.IsOurs
        && string.CompareOrdinal(connection.Opener, former.Opener) > 0;

    /// <summary>Whoever has opened the one that goes ends it; the other side keeps it until then, in case the first one is dead.</summary>
    private void Yield(LinkConnection connection, LinkSession session, LinkConnection former)
    {
        if (connection.IsOurs)
        {
            Quit(connection);
            return;
        }

        (_spare, _spareSession) = (connection, session);
        former.Probe();
    }

    private void Use(LinkConnection connection, LinkSession session)
    {
        var former = _session;
        _connection = connection;
        _session = session;
        _parkedUntil = null;
        if (former is not null && former != session)
        {
            // Values are repaired by SYNC; all else must not be lost with the session.
            var must = former.Outbox.Release().Kept.Select(kept => kept.Event).Where(kept => kept.SupersedeKey is null);
            foreach (var outbound in must)
                session.Outbox.TryPut(outbound);
        }

        _requests.Rewind();
        session.Outbox.Attach(connection.Wire);
    }

    private void Dismiss(LinkConnection former)
    {
        if (former.IsOurs)
            Quit(former);
        else
            former.End("replaced");
    }

    private void Quit(LinkConnection connection) => connection.Request("QUIT", NextTag(), null);
}
