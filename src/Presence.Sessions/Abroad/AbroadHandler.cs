using Presence.Contracts;
using Presence.Contracts.Peers;
using Presence.Contracts.Routes;
using Presence.Model.Access;
using Presence.Model.Addresses;
using Presence.Model.Replies;
using Presence.Protocol.Framing;
using Presence.Sessions.Connections;

namespace Presence.Sessions.Abroad;

/// <summary>
/// A verb about one node, which may live elsewhere: then its home is asked in the user's name, and its answer is the answer.
/// What is sent on is what the verb knows, in canonical form, and nothing else.
/// </summary>
internal sealed class AbroadHandler(
    IVerbHandler here, ForeignDomains domains, IGrainFactory grains) : IVerbHandler
{
    public string Verb => here.Verb;

    public Phase Needs => here.Needs;

    public IReadOnlyList<string> Fields => here.Fields;

    public bool IsSafe => here.IsSafe;

    public bool ServesAnonymous => here.ServesAnonymous;

    public async ValueTask<Reply> Handle(Session session, Frame request)
    {
        if (session.Phase < Phase.Authenticated || !Place.TryParse(request.Target, out var place, out _)
            || place.Address is not { } node || !domains.Has(node) || domains.WhyNot(node.Domain) is not null)
            return await here.Handle(session, request);

        // Who came from another domain himself is not passed on to a third one.
        if (domains.Has(session.User))
            return Reply.From(HostedDomains.NoService);
        if (Read(request) is not { } parameters)
            return Reply.From(Refusal.BadParameter("who"));
        var discreet = Verb == "GET" && await grains.GetUser(session.User).HidesFrom(node);
        var reply = await domains.Ask(session.User, node.Domain, new PeerRequest(
            Verb, place.ToString(),
            [
                new("from", session.User.ToString()),
                .. parameters,
                .. discreet ? [new SavedParameter("discreet", "yes")] : Array.Empty<SavedParameter>(),
            ],
            request.Body?.ToArray(),
            domains.Clock.Now + ForeignDomains.Life));
        await NoteMembership(session.User, node, request, reply);
        return reply;
    }

    /// <summary>What a group of another domain sends reaches those only who have joined it.</summary>
    private async Task NoteMembership(Address user, Address node, Frame request, Reply reply)
    {
        if (reply.Code != 200 || request.Parameters.Has("who") || Verb is not ("JOIN" or "LEAVE"))
            return;
        if (Verb == "JOIN")
            await grains.GetMemberships(user).NoteGroup(node);
        else
            await grains.GetMemberships(user).Forget(node);
    }

    private List<SavedParameter>? Read(Frame request)
    {
        var known = new List<SavedParameter>();
        foreach (var parameter in request.Parameters)
        {
            if (!Fields.Contains(parameter.Name))
                continue;
            if (Canonical(parameter) is not { } value)
                return null;
            known.Add(new SavedParameter(parameter.Name, value));
        }

        return known;
    }

    private static string? Canonical(Parameter parameter) => parameter.Name != "who" ? parameter.Value
        : Principal.TryParse(parameter.Value, out var who) ? who.ToString()
        : null;
}
