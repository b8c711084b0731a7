using Google.Protobuf;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;
using Presence.V1;

namespace Presence.Transports.Grpc.Hosting;

/// <summary>Takes the methods that a generated BindService names, and adds them to a service with a checked reader.</summary>
internal sealed class CheckedBinder<TService>(ServiceMethodProviderContext<TService> context) : ServiceBinderBase
    where TService : class
{
    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler) => context.AddUnaryMethod(
            Checked(method), Metadata,
            Of<UnaryServerMethod<TService, TRequest, TResponse>>(method, typeof(TRequest), typeof(ServerCallContext)));

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler) =>
        context.AddServerStreamingMethod(
            Checked(method), Metadata,
            Of<ServerStreamingServerMethod<TService, TRequest, TResponse>>(
                method, typeof(TRequest), typeof(IServerStreamWriter<TResponse>), typeof(ServerCallContext)));

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler) =>
        context.AddClientStreamingMethod(
            Checked(method), Metadata,
            Checked(Of<ClientStreamingServerMethod<TService, TRequest, TResponse>>(
                method, typeof(IAsyncStreamReader<TRequest>), typeof(ServerCallContext))));

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler)
    {
        // Frames are told as octets: the generated method would want an object for each.
        if (typeof(TResponse) == typeof(ServerFrame))
            AddDuplex(new Method<TRequest, OutgoingFrames>(
                method.Type, method.ServiceName, method.Name, method.RequestMarshaller, OutgoingFrames.Marshaller));
        else
            AddDuplex(method);
    }

    private void AddDuplex<TRequest, TResponse>(Method<TRequest, TResponse> method)
        where TRequest : class
        where TResponse : class => context.AddDuplexStreamingMethod(
            Checked(method), Metadata,
            Checked(Of<DuplexStreamingServerMethod<TService, TRequest, TResponse>>(
                method, typeof(IAsyncStreamReader<TRequest>), typeof(IServerStreamWriter<TResponse>), typeof(ServerCallContext))));

    private static List<object> Metadata => [.. typeof(TService).GetCustomAttributes(inherit: true)];

    private static TDelegate Of<TDelegate>(IMethod method, params Type[] parameters)
        where TDelegate : Delegate => typeof(TService).GetMethod(method.Name, parameters)!.CreateDelegate<TDelegate>();

    private static ClientStreamingServerMethod<TService, TRequest, TResponse> Checked<TRequest, TResponse>(
        ClientStreamingServerMethod<TService, TRequest, TResponse> call)
        where TRequest : class
        where TResponse : class =>
        (service, requests, context) => call(service, new CheckedReader<TRequest>(requests), context);

    private static DuplexStreamingServerMethod<TService, TRequest, TResponse> Checked<TRequest, TResponse>(
        DuplexStreamingServerMethod<TService, TRequest, TResponse> call)
        where TRequest : class
        where TResponse : class =>
        (service, requests, responses, context) => call(service, new CheckedReader<TRequest>(requests), responses, context);

    private static Method<TRequest, TResponse> Checked<TRequest, TResponse>(Method<TRequest, TResponse> method)
        where TRequest : class
        where TResponse : class
    {
        var requests = method.RequestMarshaller;
        return new Method<TRequest, TResponse>(
            method.Type, method.ServiceName, method.Name,
            new Marshaller<TRequest>(requests.ContextualSerializer, octets => Read(requests, octets)),
            method.ResponseMarshaller);
    }

    private static TRequest Read<TRequest>(Marshaller<TRequest> requests, DeserializationContext octets)
    {
        try
        {
            return requests.ContextualDeserializer(octets);
        }
        catch (InvalidProtocolBufferException)
        {
            throw CallFaults.NoSuchMessage();
        }
    }
}
