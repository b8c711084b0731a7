using System.Buffers;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Presence.Transports.Grpc.Hosting;

/// <summary>
/// Looks at a call before the gRPC library does, where that one would blame the service, or Kestrel would end the whole
/// connection, with all its other calls and without a word.
/// </summary>
public static class CallCheck
{
    /// <summary>Octets of all metadata, names and values together: 16 KiB.</summary>
    public const int MostMetadata = 16 * 1024;

    /// <summary>Octets of metadata after which Kestrel is to end the connection: 128 KiB.</summary>
    public const int MostMetadataOfAll = 128 * 1024;

    // A flag, and the length in four octets.
    private const int Prefix = 5;

    /// <summary>To stand between routes and endpoints.</summary>
    public static void UseGrpcCallCheck(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.Use(Check);
    }

    private static async Task Check(HttpContext http, RequestDelegate next)
    {
        if (http.Request.ContentType?.StartsWith("application/grpc", StringComparison.Ordinal) != true)
            await next(http);
        else if (LengthOf(http.Request.Headers) > MostMetadata)
            Refuse(http.Response, StatusCode.ResourceExhausted, $"metadata of more than {MostMetadata} octets");
        else if (TakesOneMessage(http) && !await HasGoodPrefix(http))
            Refuse(http.Response, StatusCode.InvalidArgument, "400 bad-request: these octets are no such message");
        else
            await next(http);
    }

    private static int LengthOf(IHeaderDictionary headers) =>
        headers.Sum(header => header.Key.Length + header.Value.Sum(value => value?.Length ?? 0));

    private static bool TakesOneMessage(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method.Type
            is MethodType.Unary or MethodType.ServerStreaming;

    /// <summary>The octets stay where they are, for the library to read.</summary>
    private static async Task<bool> HasGoodPrefix(HttpContext http)
    {
        var body = http.Request.BodyReader;
        var read = await body.ReadAtLeastAsync(Prefix, http.RequestAborted);
        var isGood = read.Buffer.Length < Prefix || IsGood(read.Buffer);
        body.AdvanceTo(read.Buffer.Start);
        return isGood;
    }

    private static bool IsGood(ReadOnlySequence<byte> octets)
    {
        Span<byte> prefix = stackalloc byte[Prefix];
        octets.Slice(0, Prefix).CopyTo(prefix);
        return prefix[0] <= 1 && prefix[1] <= sbyte.MaxValue;
    }

    // Trailers-only: a status in the place of the headers.
    private static void Refuse(HttpResponse response, StatusCode status, string message)
    {
        response.ContentType = "application/grpc";
        response.Headers["grpc-status"] = $"{(int)status}";
        response.Headers["grpc-message"] = message;
    }
}
