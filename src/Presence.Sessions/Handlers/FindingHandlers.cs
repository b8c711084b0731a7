using System.Buffers;
using Presence.Contracts;
using Presence.Model.Addresses;
using Presence.Model.Finding;
using Presence.Protocol.Bodies;
using Presence.Protocol.Commands;
using Presence.Protocol.Framing;
using Presence.Sessions.Connections;

namespace Presence.Sessions.Handlers;

/// <summary>FIND: those of a domain who want to be found by the asker.</summary>
internal sealed class FindHandler(IGrainFactory grains, HostedDomains domains) : IVerbHandler
{
    public string Verb => "FIND";

    public Phase Needs => Phase.Authenticated;

    public IReadOnlyList<string> Fields => FindCommand.Fields;

    public bool IsSafe => true;

    public async ValueTask<Reply> Handle(Session session, Frame request)
    {
        var (find, refusal) = FindCommand.Read(request, session.User);
        if (refusal is null && !domains.Contains(find.Domain.Domain))
            refusal = HostedDomains.NoService;
        if (refusal is not null)
            return Reply.From(refusal);
        var found = await Task.WhenAll(grains.GetFinders(find.Domain.Domain)
            .Select(finder => finder.Find(session.User, find.Query, find.Max)));
        return Reply.Ok.WithBody("text/pip-who", Items(
            find.Domain.Domain,
            found.SelectMany(share => share).OrderBy(listing => listing.Local, StringComparer.Ordinal).Take(find.Max)));
    }

    private static ReadOnlyMemory<byte> Items(Domain domain, IEnumerable<Listing> found)
    {
        var octets = new ArrayBufferWriter<byte>();
        var writer = new LineBodyWriter(octets);
        foreach (var listing in found)
        {
            writer.Item($"{listing.Local}@{domain}");
            if (listing.Name is { } name)
                writer.Param("name", name);
            writer.End();
        }

        return octets.WrittenMemory;
    }
}

/// <summary>LOCATE: the endpoints of a user for those who may read them; for a domain of ours, where it is served.</summary>
internal sealed class LocateHandler(IGrainFactory grains, HostedDomains domains) : IVerbHandler
{
    public string Verb => "LOCATE";

    public Phase Needs => Phase.Authenticated;

    public IReadOnlyList<string> Fields => [];

    public bool IsSafe => true;

    public async ValueTask<Reply> Handle(Session session, Frame request)
    {
        var (locate, refusal) = LocateCommand.Read(request, session.User);
        if (refusal is null && locate.Node.IsDomain && domains.Contains(locate.Node.Domain))
            return Servers(locate.Node.Domain);
        refusal ??= domains.Refuse(locate.Node);
        if (refusal is not null)
            return Reply.From(refusal);
        var answer = await grains.GetUser(locate.Node).Locate(session.User);
        return answer.Refusal is { } refused
            ? Reply.From(refused)
            : Reply.Ok.WithBody("text/pip-props", PropertyItems.Of(answer.Properties, PropertyPath.Root, session.Now));
    }

    /// <summary>The cluster stands behind the name of the domain; which machine and port that is, DNS says.</summary>
    private static Reply Servers(Domain domain)
    {
        var octets = new ArrayBufferWriter<byte>();
        var writer = new LineBodyWriter(octets);
        writer.Item("server");
        writer.Param("val", domain.ToString());
        writer.End();
        return Reply.Ok.WithBody("text/pip-props", octets.WrittenMemory);
    }
}
