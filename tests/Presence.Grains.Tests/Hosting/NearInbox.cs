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
        _near.Join(gateway.Inbox, this);
    }

    public Recorder<(string Session, SessionNotice Notice)> Notices { get; } = new();

    /// <summary>Sessions that take nothing.</summary>
    public HashSet<string> Gone { get; } = [];

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

    public IEnumerable<T> NoticesTo<T>(string session)
        where T : SessionNotice =>
        Notices.All.Where(n => n.Session == session).Select(n => n.Notice).OfType<T>();

    public void Dispose() => _near.Leave();
}
