using Grpc.Core;
using Presence.Protocol.Framing;
using Presence.V1;
using Presence.V1.Typed;

namespace Presence.Transports.Grpc;

/// <content>Sending many messages in one call.</content>
internal sealed partial class PresenceCalls
{
    private const int MaxMessages = 1000;

    public override async Task<SendMessagesResult> SendMessages(
        IAsyncStreamReader<SendRequest> requestStream, ServerCallContext context)
    {
        using var ending = Ending(context);
        var origin = CallOrigin.Of(context);
        var caller = await callers.Require(context, origin);
        var result = new SendMessagesResult();
        while (await requestStream.MoveNext(ending.Token))
        {
            if (result.Outcomes.Count == MaxMessages)
                throw CallFaults.Of(431, "too-many", $"{MaxMessages} messages at most");
            var request = requestStream.Current;
            result.Outcomes.Add(TypedRequest.IsWritable(request)
                ? OutcomeOf(request, await Ask(request, caller, origin, ending.Token))
                : new SendOutcome { MessageId = request.MessageId, Code = 400, Reason = "bad-request" });
        }

        return result;
    }

    /// <exception cref="RpcException">The caller has asked too much: the rest would not fare better.</exception>
    private static SendOutcome OutcomeOf(SendRequest request, Frame answer)
    {
        if (answer.Code == 429)
            throw CallFaults.Of(answer);
        var outcome = new SendOutcome { MessageId = request.MessageId, Code = answer.Code, Reason = answer.Reason };
        if (answer.Code >= 400)
            return outcome;
        var sent = new SendResult();
        TypedFrame.Fill(sent, answer);
        outcome.Recipients.Add(sent.Recipients);
        return outcome;
    }
}
