using Presence.Contracts;
using Presence.Contracts.Groups;
using Presence.Contracts.Users;
using Presence.Model.Addresses;
using Presence.Model.Properties;
using Presence.Model.Replies;
using Presence.Protocol.Commands;
using Presence.Protocol.Framing;
using Presence.Sessions.Authentication;
using Presence.Sessions.Connections;

namespace Presence.Sessions.Handlers;

/// <summary>
/// GET: one property or the readable ones of a container. Nodes of hosted domains answer for themselves; who has not
/// authenticated reads what is allowed to <c>anon</c> and hears 401 to all else.
/// </summary>
internal sealed class GetHandler(
    IGrainFactory grains, HostedDomains domains, DomainNodes domainNodes, PassphraseGate passphrases) : IVerbHandler
{
    public string Verb => "GET";

    public Phase Needs => Phase.Authenticated;

    public IReadOnlyList<string> Fields => GetCommand.Fields;

    public bool IsSafe => true;

    public bool ServesAnonymous => true;

    public async ValueTask<Reply> Handle(Session session, Frame request)
    {
        Address? asker = session.Phase >= Phase.Authenticated ? session.User : null;
        if (asker is null && request.Target?.StartsWith('~') == true)
            return Reply.From(Refusal.AuthRequired);
        var (get, refusal) = GetCommand.Read(request, session.User);
        if (refusal is not null)
            return Reply.From(refusal);
        var node = get.Place.Address ?? session.User;
        if (asker is null && (node.IsDomain || domains.Refuse(node) is not null))
            return Reply.From(Refusal.AuthRequired);
        if (node.IsDomain && domains.Contains(node.Domain))
            return ReplyTo(await domainNodes.Read(node.Domain, get.Place.Path), get, session.Now);
        if (domains.Refuse(node) is { } foreign)
            return Reply.From(foreign);
        if (get.WantsChallenge || get.Proof is not null)
            return await ReadByPassphrase(session, asker, node, get);
        if (asker is { } known && get.Place.Path == StandardPaths.Members && await ReadMembers(known, node) is { } members)
            return members;
        var isDiscreet = asker is { } self && !self.Equals(node) && await IsDiscreet(self, node, request);
        var answer = await grains.GetUser(node).Read(new ReadRequest(asker, get.Place.Path, null, isDiscreet));
        // What is granted to anybody is a property; containers would tell what there is.
        return asker is null && (answer.Refusal is not null || answer.IsContainer)
            ? Reply.From(Refusal.AuthRequired)
            : ReplyTo(answer, get, session.Now);
    }

    /// <summary>Whoever comes from another domain brings word of it from his home, which knows whom he has shut out.</summary>
    private async Task<bool> IsDiscreet(Address asker, Address node, Frame request) => domains.Contains(asker.Domain)
        ? await grains.GetUser(asker).HidesFrom(node)
        : request.Parameters["discreet"] == "yes";

    /// <summary>The members of a group as a property; null if the node is none.</summary>
    private async Task<Reply?> ReadMembers(Address asker, Address node)
    {
        var answer = await grains.GetUser(node)
            .ListMembers(new MembersRequest(asker, MembersCommand.DefaultMax, null));
        return answer.Refusal is not { } refusal ? MembersHandler.Show(Reply.Ok.With("ver", answer.Version), answer)
            : refusal.Code == Refusal.NotAllowed.Code ? null
            : Reply.From(refusal);
    }

    /// <summary>"I have a passphrase" is always answered by a challenge, so that it shows nothing; a proof reads or is challenged anew.</summary>
    private async ValueTask<Reply> ReadByPassphrase(Session session, Address? asker, Address node, GetCommand get)
    {
        var attempt = new PassphraseAttempt(asker, session.Transport.Remote, Verb, get.Place);
        if (passphrases.Refuse(attempt, session.Now) is { } busy)
            return busy;
        if (get.Proof is { } given && passphrases.Redeem(attempt, given, session.Now) is { } proof)
        {
            var answer = await grains.GetUser(node).Read(new ReadRequest(asker, get.Place.Path, proof));
            if (answer.Refusal is null)
                return ReplyTo(answer, get, session.Now);
            passphrases.Failed(attempt, session.Now);
        }

        return await passphrases.Challenge(attempt, node, session.Now);
    }

    private static Reply ReplyTo(ReadAnswer answer, GetCommand get, DateTimeOffset now) =>
        answer.Refusal is { } refused ? Reply.From(refused)
        : get.IsPidf ? Reply.Ok.WithBody(PidfDocument.Type, PidfDocument.Of(get.Place.Address!.Value, answer.Properties))
        : answer.IsContainer ? Reply.Ok.WithBody("text/pip-props", PropertyItems.Of(answer.Properties, get.Place.Path, now))
        : Single(answer.Properties[0], get.IfNot, now);

    private static Reply Single(Property property, long? ifNot, DateTimeOffset now)
    {
        if (property.Version == ifNot)
            return Reply.From(Refusal.NotModified(property.Version));
        var reply = Reply.Ok.With("ver", property.Version);
        if (property.Value.Text is { } text)
            reply.With("val", text);
        if (property.Value.Language is { } language)
            reply.With("lang", language);
        if (property.LeaseEnds is { } end)
            reply.With("lease", (long)Math.Ceiling((end - now).TotalSeconds)).With("default", property.Default?.Text);
        reply.With("t", property.ChangedAt);
        return property.Value.Text is null
            ? reply.WithBody(property.Value.Type ?? MessageDefaults.Type, property.Value.Body)
            : reply;
    }
}
