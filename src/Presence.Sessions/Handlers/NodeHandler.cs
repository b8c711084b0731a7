using Presence.Contracts;
using Presence.Contracts.Users;
using Presence.Model.Addresses;
using Presence.Model.Replies;
using Presence.Protocol.Framing;
using Presence.Sessions.Connections;

namespace Presence.Sessions.Handlers;

/// <summary>
/// A verb about one node that is hosted here: reads the command, refuses what is malformed and what is not hosted, and asks the
/// node's grain.
/// </summary>
internal abstract class NodeHandler<TCommand>(IGrainFactory grains, HostedDomains domains) : IVerbHandler
{
    public abstract string Verb { get; }

    public virtual Phase Needs => Phase.Authenticated;

    public abstract IReadOnlyList<string> Fields { get; }

    public virtual bool IsSafe => false;

    public async ValueTask<Reply> Handle(Session session, Frame request)
    {
        var (command, refusal) = Read(request, session.User);
        var node = NodeOf(command) ?? session.User;
        if (refusal is null && node.IsDomain && domains.Contains(node.Domain)
            && await AskDomain(grains, node.Domain, session.User, command) is { } ofDomain)
            return ofDomain;
        refusal ??= domains.Refuse(node);
        if (refusal is not null)
            return Reply.From(refusal);
        var reply = await Ask(grains.GetUser(node), session.User, command);
        if (reply.Code < 300)
            Note(session, node, command);
        return reply;
    }

    /// <summary>The node has taken the command: a handler keeps here what its session must know of it later.</summary>
    protected virtual void Note(Session session, Address node, TCommand command)
    {
    }

    /// <summary>The same of the node of a hosted domain; null where it has no such thing.</summary>
    protected virtual Task<Reply?> AskDomain(IGrainFactory grains, Domain domain, Address asker, TCommand command) =>
        Task.FromResult<Reply?>(null);

    protected abstract (TCommand Command, Refusal? Refusal) Read(Frame request, Address self);

    /// <summary>The node that the command is about; null means the asker's own.</summary>
    protected abstract Address? NodeOf(TCommand command);

    protected abstract ValueTask<Reply> Ask(IUserGrain node, Address asker, TCommand command);
}
