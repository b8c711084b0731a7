using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Presence.Protocol.Framing;
using Presence.V1;
using Presence.V1.Typed;
using RpcStatus = Google.Rpc.Status;

namespace Presence.Transports.Grpc;

/// <summary>PIP codes as gRPC statuses (docs/grpc.md, "Statuses"). The code and the reason word stand in the details.</summary>
internal static class CallFaults
{
    /// <summary>Domain of the <c>google.rpc.ErrorInfo</c> in the details.</summary>
    public const string Domain = "pip";

    public static RpcException Of(Frame refusal)
    {
        var fault = new Fault();
        TypedFrame.Fill(fault, refusal);
        var info = new ErrorInfo { Domain = Domain, Reason = refusal.Reason };
        info.Metadata["code"] = $"{refusal.Code}";
        foreach (var parameter in refusal.Parameters)
            info.Metadata[parameter.Name] = parameter.Value;
        return Of(StatusOf(refusal.Code, refusal.Reason), $"{refusal.Code} {refusal.Reason}", info, fault.Retry);
    }

    /// <summary>A refusal that no session has said, in the words of one.</summary>
    public static RpcException Of(int code, string reason, string? text = null)
    {
        var info = new ErrorInfo { Domain = Domain, Reason = reason, Metadata = { ["code"] = $"{code}" } };
        return Of(StatusOf(code, reason), text is null ? $"{code} {reason}" : $"{code} {reason}: {text}", info, null);
    }

    /// <summary>The caller has sent octets that cannot be read.</summary>
    public static RpcException NoSuchMessage() => Of(400, "bad-request", "these octets are no such message");

    public static StatusCode StatusOf(int code, string reason) => code switch
    {
        400 or 406 or 415 or 484 => StatusCode.InvalidArgument,
        401 when reason == "pass-required" => StatusCode.PermissionDenied,
        401 or 426 or 435 => StatusCode.Unauthenticated,
        403 => StatusCode.PermissionDenied,
        404 or 410 or 481 => StatusCode.NotFound,
        408 or 504 => StatusCode.DeadlineExceeded,
        409 when reason == "conflict" => StatusCode.AlreadyExists,
        409 or 412 => StatusCode.Aborted,
        420 or 501 or 505 => StatusCode.Unimplemented,
        421 when reason == "slow-reader" => StatusCode.ResourceExhausted,
        421 when reason is "replaced" or "deactivated" => StatusCode.Aborted,
        421 or 502 or 503 => StatusCode.Unavailable,
        423 => StatusCode.OutOfRange,
        413 or 414 or 429 or 431 or 507 => StatusCode.ResourceExhausted,
        >= 400 and < 500 => StatusCode.FailedPrecondition,
        _ => StatusCode.Internal,
    };

    private static RpcException Of(StatusCode status, string message, ErrorInfo info, Duration? retry)
    {
        var told = new RpcStatus { Code = (int)status, Message = message, Details = { Any.Pack(info) } };
        if (retry is not null)
            told.Details.Add(Any.Pack(new RetryInfo { RetryDelay = retry }));
        return told.ToRpcException();
    }
}
