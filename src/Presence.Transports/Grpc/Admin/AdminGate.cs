using Grpc.Core;
using Grpc.Core.Interceptors;
using Presence.Sessions.Administration;

namespace Presence.Transports.Grpc.Admin;

/// <summary>
/// Stands before every method of the Admin service, so that none can forget to ask for the token, nor to tell that the silos are
/// away: 503 as over HTTP, status <c>Unavailable</c>.
/// </summary>
internal sealed class AdminGate(AdminToken token) : Interceptor
{
    private const string Own = "presence-admin-token";
    private const string Bearer = "Bearer ";

    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        Check(context);
        return Told(() => continuation(request, context));
    }

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Check(context);
        return Told(() => continuation(request, responseStream, context));
    }

    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Check(context);
        return Told(() => continuation(requestStream, context));
    }

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Check(context);
        return Told(() => continuation(requestStream, responseStream, context));
    }

    private static async Task<T> Told<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception fault) when (fault is TimeoutException or OrleansException)
        {
            // A silo or the store is away, or busy: nothing of ours is wrong, and the same call may do later.
            throw CallFaults.Of(503, "overloaded", "the silos do not answer in time; try again");
        }
    }

    private static Task<bool> Told(Func<Task> call) => Told(async () =>
    {
        await call();
        return true;
    });

    /// <summary>The same answer for no token, a wrong one, and the right one over an open network.</summary>
    private void Check(ServerCallContext context)
    {
        var origin = CallOrigin.Of(context);
        var isPrivate = origin.IsLoopback || origin.Tls is not null;
        if (!isPrivate || Presented(context.RequestHeaders) is not { } presented || !token.Matches(presented))
            throw CallFaults.Of(435, "auth-failed");
    }

    private static string? Presented(Metadata headers) =>
        headers.GetValue(Own) is { } own ? own.Trim()
        : headers.GetValue("authorization") is { } bearer && bearer.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? bearer[Bearer.Length..].Trim()
        : null;
}
