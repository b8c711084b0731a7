using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Presence.Transports.Grpc.Hosting;

/// <summary>
/// Metadata that are too long get a status. Kestrel's own limit stands behind it and ends the whole connection, with
/// all its other calls and without a word.
/// </summary>
public static class HeaderLimit
{
    /// <summary>Octets of names and values together: 16 KiB.</summary>
    public const int Most = 16 * 1024;

    /// <summary>Octets after which Kestrel is to end the connection: 128 KiB.</summary>
    public const int MostOfConnection = 128 * 1024;

    /// <summary>To stand before the routes.</summary>
    public static void UseGrpcHeaderLimit(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.Use((http, next) => IsTooLong(http.Request) ? Refuse(http.Response) : next(http));
    }

    private static bool IsTooLong(HttpRequest request) =>
        request.ContentType?.StartsWith("application/grpc", StringComparison.Ordinal) == true
        && request.Headers.Sum(header => header.Key.Length + header.Value.Sum(value => value?.Length ?? 0)) > Most;

    // Trailers-only: a status in the place of the headers.
    private static Task Refuse(HttpResponse response)
    {
        response.ContentType = "application/grpc";
        response.Headers["grpc-status"] = $"{(int)StatusCode.ResourceExhausted}";
        response.Headers["grpc-message"] = $"metadata of more than {Most} octets";
        return Task.CompletedTask;
    }
}
