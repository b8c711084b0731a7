using Grpc.Core;
using Presence.Protocol.Framing;
using Presence.V1;
using Presence.V1.Typed;

namespace Presence.Transports.Grpc;

/// <content>Status in one call: of oneself, and of many others.</content>
internal sealed partial class PresenceCalls
{
    private const int MaxAddresses = 100;

    public override async Task<WriteResult> SetStatus(SetStatusRequest request, ServerCallContext context)
    {
        var node = request.Endpoint.Length == 0 ? "~" : $"~/ep/{request.Endpoint}";
        var result = await Call<WriteResult>(
            StatusAt($"{node}/status", request.Status, request, request.HasDefault ? request.Default : null), context);
        return request.HasNote
            ? await Call<WriteResult>(StatusAt($"{node}/note", request.Note, request, null), context)
            : result;
    }

    public override async Task<GetPresenceResponse> GetPresence(GetPresenceRequest request, ServerCallContext context)
    {
        var origin = CallOrigin.Of(context);
        var caller = await callers.Require(context, origin);
        if (request.Addresses.Count is 0 or > MaxAddresses)
            throw CallFaults.Of(431, "too-many", $"1 to {MaxAddresses} addresses");
        var response = new GetPresenceResponse();
        foreach (var address in request.Addresses)
        {
            var get = new GetRequest { Place = address };
            response.Presence.Add(TypedRequest.IsWritable(get)
                ? PresenceAt(address, await Ask(get, caller, origin, context.CancellationToken))
                : new PresenceOf { Address = address, Code = 484, Reason = "bad-address" });
        }

        return response;
    }

    /// <exception cref="RpcException">The caller has asked too much: the rest would not fare better.</exception>
    private static PresenceOf PresenceAt(string address, Frame answer)
    {
        if (answer.Code == 429)
            throw CallFaults.Of(answer);
        var presence = new PresenceOf { Address = address, Code = answer.Code, Reason = answer.Reason };
        if (answer.Code >= 400)
            return presence;
        var read = new GetResult();
        TypedFrame.Fill(read, answer);
        presence.Properties.Add(read.Properties);
        presence.Status = read.Properties.FirstOrDefault(property => property.Path == "status")?.Value ?? "";
        return presence;
    }

    private static SetRequest StatusAt(string place, string value, SetStatusRequest request, string? otherwise)
    {
        var set = new SetRequest { Place = place, Value = value, Lease = request.Lease };
        if (otherwise is not null)
            set.Default = otherwise;
        return set;
    }
}
