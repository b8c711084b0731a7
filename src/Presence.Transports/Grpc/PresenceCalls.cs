using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Hosting;
using Presence.Protocol.Framing;
using Presence.Sessions.Transport;
using Presence.Transports.Connections;
using Presence.V1.Typed;

namespace Presence.Transports.Grpc;

/// <summary>
/// The service <c>presence.v1.Presence</c>. A call is frames to and from a session (docs/grpc.md), so nothing is decided
/// here but what a frame looks like.
/// </summary>
internal sealed partial class PresenceCalls(
    ISessionHost sessions, Callers callers, UserLines lines, ReceivingStreams receiving, SessionDrain drain,
    IHostApplicationLifetime lifetime) : V1.Presence.PresenceBase
{
    /// <summary>One request and its final response. A refusal ends the call with a status.</summary>
    private async Task<TResult> Call<TResult>(IMessage request, ServerCallContext context)
        where TResult : IMessage, new()
    {
        var origin = CallOrigin.Of(context);
        var caller = await callers.Require(context, origin);
        var result = new TResult();
        TypedFrame.Fill(result, Good(await Ask(request, caller, origin, context.CancellationToken)));
        return result;
    }

    private async Task<Frame> Ask(IMessage request, KnownCaller caller, CallOrigin origin, CancellationToken cancel)
    {
        // Before a line is taken: what cannot stand in a frame must not cost others theirs.
        if (!TypedRequest.IsWritable(request))
            throw CallFaults.Of(400, "bad-request");
        return await lines.Ask(caller, origin, tag => TypedRequest.Write(request, tag, []), cancel);
    }

    /// <exception cref="RpcException">It is a refusal.</exception>
    private static Frame Good(Frame response) => response.Code < 400 ? response : throw CallFaults.Of(response);

    /// <summary>
    /// Cancelled when a stream must not go on: the call was cancelled, or a draining node is late. While it is held, the
    /// shutdown of the node begins with the orderly end of its sessions.
    /// </summary>
    private StreamEnding Ending(ServerCallContext context) => new(drain, lifetime, context.CancellationToken);

    private sealed class StreamEnding : IDisposable
    {
        private readonly CancellationTokenSource _either;
        private readonly CancellationTokenRegistration _stopping;

        public StreamEnding(SessionDrain drain, IHostApplicationLifetime lifetime, CancellationToken call)
        {
            _either = CancellationTokenSource.CreateLinkedTokenSource(call, drain.Late);
            // Begin() keeps the task and StopAsync awaits it.
            _stopping = lifetime.ApplicationStopping.Register(() => _ = drain.Begin());
        }

        public CancellationToken Token => _either.Token;

        public void Dispose()
        {
            _stopping.Dispose();
            _either.Dispose();
        }
    }
}
