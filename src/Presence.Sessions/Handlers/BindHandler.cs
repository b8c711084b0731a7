using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Presence.Contracts;
using Presence.Contracts.Users;
using Presence.Model.Properties;
using Presence.Protocol.Commands;
using Presence.Protocol.Framing;
using Presence.Sessions.Connections;
using Presence.Sessions.Delivery;
using Presence.Sessions.Gateways;

namespace Presence.Sessions.Handlers;

/// <summary>Begins the session: from here on events flow.</summary>
internal sealed class BindHandler(IGrainFactory grains, Gateway gateway, IOptions<SessionOptions> options)
    : IVerbHandler
{
    public string Verb => "BIND";

    public Phase Needs => Phase.Authenticated;

    public IReadOnlyList<string> Fields => BindCommand.Fields;

    public async ValueTask<Reply> Handle(Session session, Frame request)
    {
        if (session.Phase == Phase.Bound || session.Connection is not { } connection)
            return new Reply(405, "not-allowed");
        var (bind, refusal) = BindCommand.Read(request);
        if (refusal is not null)
            return Reply.From(refusal);

        session.Endpoint = bind.Endpoint ?? $"e{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}";
        session.Reports = bind.Reports?.ToHashSet(StringComparer.Ordinal);
        var id = gateway.Register(session);
        var binding = BindingOf(bind, session.Endpoint, id);
        var answer = await Bind(session, binding);
        if (answer.Refusal is { } refused)
            return Reply.From(refused);
        session.Binding = binding;
        session.Assertions.Note(ShownBy(binding), session.Endpoint, session.Now);

        Begin(session, bind.IsResumable && session.Transport.Admission is null && gateway.ResumeTime > TimeSpan.Zero);
        var watches = answer.Watching.Where(watched => session.IsToldOf(watched.Id))
            .Select(w => new Watch(session, w.Node, w.Id, w.Path, isSessionBound: false, w.MinSeconds)).ToList();
        watches.ForEach(gateway.Serve);
        await gateway.Attach(session, watches, tells: false);
        foreach (var waiting in answer.Requests)
            session.Outbox.TryPut(new WatcherEvent(waiting));
        return Reply.Ok.With("ep", session.Endpoint).With("sid", id).With("key", session.Key?.Text)
            .With("ttl", session.Key is null ? 0 : (long)gateway.ResumeTime.TotalSeconds)
            .Then(() => session.Outbox.Attach(connection.Wire));
    }

    private EndpointBinding BindingOf(BindCommand bind, string endpoint, string id) => new(
        endpoint, id, bind.Priority, bind.Show, bind.Take, gateway.Inbox!,
        bind.Grace > options.Value.MaxGrace ? options.Value.MaxGrace : bind.Grace,
        bind.CopiesSent, bind.Capabilities, bind.Lease, gateway.Route);

    private static IEnumerable<PropertyChange> ShownBy(EndpointBinding binding)
    {
        if (binding.Show is { } status)
            yield return Change("status", status, binding.Lease);
        if (binding.Capabilities is { } capabilities)
            yield return Change("caps", capabilities, null);

        PropertyChange Change(string name, string text, TimeSpan? lease) =>
            new(StandardPaths.OfEndpoint(binding.Endpoint, name), PropertyValue.OfText(text), lease);
    }

    private static void Begin(Session session, bool isResumable)
    {
        session.Phase = Phase.Bound;
        session.Dialogue = null;
        session.Replies = session.Replies.Anew();
        session.Key = isResumable ? new ResumeKey() : null;
    }

    private async Task<BindAnswer> Bind(Session session, EndpointBinding binding)
    {
        var isBound = false;
        try
        {
            var answer = await grains.GetUser(session.User).Bind(binding);
            isBound = answer.Refusal is null;
            return answer;
        }
        finally
        {
            if (!isBound)
                gateway.Unregister(session);
        }
    }
}
