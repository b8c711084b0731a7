using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Presence.Model.Addresses;
using Presence.Sessions.Administration;
using Presence.V1;

namespace Presence.Transports.Grpc.Admin;

/// <summary>The service <c>presence.v1.Admin</c>: a door to administration, which decides. <see cref="AdminGate"/> lets in.</summary>
internal sealed class AdminCalls(
    UserAdministration users, UserData data, Explanations explanations, GatewayAdministration node) : V1.Admin.AdminBase
{
    private const int Listed = 1000;

    public override async Task ListUsers(
        ListUsersRequest request, IServerStreamWriter<AdminUser> responseStream, ServerCallContext context)
    {
        foreach (var address in await users.List())
        {
            if (request.Domain.Length == 0 || Address.Parse(address).Domain.Value == request.Domain)
                await responseStream.WriteAsync(new AdminUser { Address = address }, context.CancellationToken);
        }
    }

    public override async Task<AdminUser> AddUser(AddUserRequest request, ServerCallContext context)
    {
        var (address, refused) = await users.Add(request.Address, request.Password, context.CancellationToken);
        return refused is null ? new AdminUser { Address = address } : throw Fault(refused);
    }

    public override async Task<Empty> SetPassword(SetPasswordRequest request, ServerCallContext context) =>
        Done(await users.ChangePassword(request.Address, request.Password, context.CancellationToken));

    public override async Task<Empty> RemoveUser(RemoveUserRequest request, ServerCallContext context) =>
        Done(await users.Remove(request.Address));

    public override async Task ExportUser(
        ExportUserRequest request, IServerStreamWriter<ExportedItem> responseStream, ServerCallContext context)
    {
        var (export, refused) = await data.Export(request.Address);
        if (refused is not null)
            throw Fault(refused);
        foreach (var item in export!.Items)
            await responseStream.WriteAsync(AdminMessages.Of(item), context.CancellationToken);
    }

    public override async Task<EraseUserResult> EraseUser(EraseUserRequest request, ServerCallContext context)
    {
        var (done, refused) = await data.Erase(request.Address);
        return refused is null
            ? new EraseUserResult { Items = done!.Items, Others = done.Others }
            : throw Fault(refused);
    }

    public override async Task ListWatchers(
        AdminListWatchersRequest request, IServerStreamWriter<WatcherInfo> responseStream, ServerCallContext context)
    {
        var (watchers, refused) = await data.Watchers(request.Address);
        if (refused is not null)
            throw Fault(refused);
        foreach (var watcher in watchers)
            await responseStream.WriteAsync(AdminMessages.Of(watcher), context.CancellationToken);
    }

    public override async Task<ExplainResult> Explain(ExplainRequest request, ServerCallContext context)
    {
        var (told, refused) = await explanations.Of(request.Asker, request.User);
        if (refused is not null)
            throw Fault(refused);
        var lines = told!.Lines.Select(line => new ExplainResult.Types.Line { Subject = line.Subject, Text = line.Text });
        return new ExplainResult { Lines = { lines } };
    }

    public override async Task ListSessions(
        ListSessionsRequest request, IServerStreamWriter<SessionInfo> responseStream, ServerCallContext context)
    {
        Address? only = null;
        if (request.User.Length > 0)
        {
            if (!NewAccount.TryReadUser(request.User, out var one, out var why))
                throw Fault(AdminRefusal.Bad(why));
            only = one;
        }

        if (request.Limit is < 0 or > GatewayAdministration.MaxListed)
            throw Fault(AdminRefusal.Bad($"limit is 1-{GatewayAdministration.MaxListed}."));
        foreach (var session in node.Sessions(only, request.Limit == 0 ? Listed : request.Limit))
            await responseStream.WriteAsync(AdminMessages.Of(session), context.CancellationToken);
    }

    public override async Task<KickResult> Kick(KickRequest request, ServerCallContext context)
    {
        if (request.WhomCase == KickRequest.WhomOneofCase.Session)
        {
            return await node.Kick(request.Session)
                ? new KickResult { Count = 1 }
                : throw Fault(AdminRefusal.NotFound("There is no such session at this node."));
        }

        var (ended, refused) = await node.Kick(request.User, request.Endpoint is { Length: > 0 } one ? one : null);
        return refused is null ? new KickResult { Count = ended } : throw Fault(refused);
    }

    public override async Task<DrainResult> Drain(Empty request, ServerCallContext context) =>
        new() { Open = await node.Drain(context.CancellationToken) };

    public override Task<AnnounceResult> Announce(AnnounceRequest request, ServerCallContext context)
    {
        var (told, refused) = node.Announce(request.Text);
        return refused is null ? Task.FromResult(new AnnounceResult { Count = told }) : throw Fault(refused);
    }

    public override Task<DomainsResult> ListDomains(Empty request, ServerCallContext context) => Task.FromResult(
        new DomainsResult
        {
            Hosted = { node.Hosted.Select(domain => domain.Value) },
            Peers = { node.Peers.Select(AdminMessages.Of) },
        });

    public override Task<Statistics> GetStatistics(Empty request, ServerCallContext context) =>
        Task.FromResult(AdminMessages.Of(node.Report()));

    private static Empty Done(AdminRefusal? refused) => refused is null ? new Empty() : throw Fault(refused);

    private static RpcException Fault(AdminRefusal refused) =>
        CallFaults.Of(refused.Code, refused.Reason, refused.Sentence);
}
