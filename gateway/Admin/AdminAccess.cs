using System.Net;
using Microsoft.Net.Http.Headers;
using Presence.Sessions.Administration;

namespace Presence.Gateway.Admin;

/// <summary>Lets administrators in and nobody else.</summary>
internal sealed class AdminAccess(AdminToken token) : IEndpointFilter
{
    private const string Scheme = "Bearer ";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        // The listener speaks clear text: from elsewhere the token would cross the network.
        if (http.Connection.RemoteIpAddress is not { } remote || !IPAddress.IsLoopback(remote))
            return Problems.Of(StatusCodes.Status403Forbidden, "Administration is for clients on this machine.");
        if (IsAuthorized(http.Request))
            return await next(context);
        http.Response.Headers.WWWAuthenticate = "Bearer";
        return Problems.Of(
            StatusCodes.Status401Unauthorized, "Authorization: Bearer with the token of the data folder is needed.");
    }

    private bool IsAuthorized(HttpRequest request)
    {
        var header = request.Headers[HeaderNames.Authorization].ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && token.Matches(header[Scheme.Length..].Trim());
    }
}
