using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Presence.V1;

namespace Presence.Transports.Grpc;

/// <content>Calls that are one request and its response.</content>
internal sealed partial class PresenceCalls
{
    public override Task<SendResult> SendMessage(SendRequest request, ServerCallContext context) =>
        Call<SendResult>(request, context);

    public override Task<GetResult> GetProperty(GetRequest request, ServerCallContext context) =>
        Call<GetResult>(request, context);

    public override Task<WriteResult> SetProperty(SetRequest request, ServerCallContext context) =>
        Call<WriteResult>(request, context);

    public override Task<WriteResult> DeleteProperty(DeleteRequest request, ServerCallContext context) =>
        Call<WriteResult>(request, context);

    public override Task<PeopleResult> Find(FindRequest request, ServerCallContext context) =>
        Call<PeopleResult>(request, context);

    public override Task<GetResult> Locate(LocateRequest request, ServerCallContext context) =>
        Call<GetResult>(request, context);

    public override Task<WriteResult> CreateGroup(CreateRequest request, ServerCallContext context) =>
        Call<WriteResult>(request, context);

    public override Task<Empty> DestroyGroup(DestroyRequest request, ServerCallContext context) =>
        Call<Empty>(request, context);

    public override Task<JoinResult> JoinGroup(JoinRequest request, ServerCallContext context) =>
        Call<JoinResult>(request, context);

    public override Task<Empty> LeaveGroup(LeaveRequest request, ServerCallContext context) =>
        Call<Empty>(request, context);

    public override Task<PeopleResult> ListMembers(MembersRequest request, ServerCallContext context) =>
        Call<PeopleResult>(request, context);

    public override Task<AccessResult> GetAccess(GetAccessRequest request, ServerCallContext context) =>
        Call<AccessResult>(request, context);

    public override Task<WriteResult> SetAccess(SetAccessRequest request, ServerCallContext context) =>
        Call<WriteResult>(request, context);

    public override Task<WriteResult> Block(BlockRequest request, ServerCallContext context) =>
        Call<WriteResult>(request, context);

    public override Task<WriteResult> Unblock(UnblockRequest request, ServerCallContext context) =>
        Call<WriteResult>(request, context);

    public override Task<WriteResult> Allow(AllowRequest request, ServerCallContext context) =>
        Call<WriteResult>(request, context);

    public override Task<WriteResult> Unallow(UnallowRequest request, ServerCallContext context) =>
        Call<WriteResult>(request, context);

    public override Task<PeopleResult> GetLists(ListsRequest request, ServerCallContext context) =>
        Call<PeopleResult>(request, context);

    public override Task<WriteResult> Approve(ApproveRequest request, ServerCallContext context) =>
        Call<WriteResult>(request, context);

    public override Task<WriteResult> Deny(DenyRequest request, ServerCallContext context) =>
        Call<WriteResult>(request, context);

    public override Task<PeopleResult> ListWatchers(WatchersRequest request, ServerCallContext context) =>
        Call<PeopleResult>(request, context);
}
