using System.Collections.Immutable;
using Presence.Contracts.Nearby;
using Presence.Contracts.Routes;

namespace Presence.Grains.Tests.Hosting;

/// <summary>A gateway in the process of the silo: takes directly what is for its sessions, and remembers it.</summary>
internal sealed class NearInbox : INearInbox, IDisposable
{
    private readonly NearGateway _near;

    public NearInbox(PresenceSilo silo, Gateway gateway)
    {
        _near = silo.Near;
        _near.Join(gateway.Route, gateway.Inbox, this);
    }

    public Recorder<(string Session, SessionNotice Notice)> Notices { get; } = new();

    /// <summary>Sessions that take nothing.</summary>
    public HashSet<string> Gone { get; } = [];

    /// <summary>What came straight, not by the stream.</summary>
    public Recorder<RouteBatch> Batches { get; } = new();

    /// <summary>True if it takes no batch, as one where too many wait.</summary>
    public bool IsFull { get; set; }

    public bool Take(string session, SessionNotice notice)
    {
        if (Gone.Contains(session))
            return false;
        Notices.Add((session, notice));
        return true;
    }

    public ImmutableArray<UntakenCopy> Take(ImmutableArray<SharedCopy> copies)
    {
        foreach (var copy in copies)
        {
            foreach (var session in copy.Sessions)
                Take(session, new MessageNotice(copy.Message, IsRequest: false));
        }

        return [];
    }

    public bool Take(RouteBatch batch)
    {
        if (!IsFull)
            Batches.Add(batch);
        return !IsFull;
    }

    public IEnumerable<T> NoticesTo<T>(string session)
        where T : SessionNotice =>
        Notices.All.Where(n => n.Session == session).Select(n => n.Notice).OfType<T>();

    public void Dispose() => _near.Leave();
}
